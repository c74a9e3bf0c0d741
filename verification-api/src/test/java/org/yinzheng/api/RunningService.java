package org.yinzheng.api;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yinzheng.api.http.Readiness;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.DemoPeople;

final class RunningService implements AutoCloseable {
    static final String ISSUER = "issuing-officer";
    static final String CLERK = "window-clerk";
    static final String CITIZEN = "citizen-1";
    static final String OTHER_CITIZEN = "citizen-2";

    private final Service service;

    private RunningService(Service service) {
        this.service = service;
        service.start();
    }

    static RunningService start() {
        return start(Limits.defaults());
    }

    static RunningService start(Limits limits) {
        var machine = Machine.get();
        var away = new AwayRegistry();
        var parts = new ServiceParts(
                catalogue(),
                away,
                away,
                away,
                (document, at) -> new Report.Unsigned("UNKNOWN"),
                List.of(new Readiness.Probe(
                        "token", () -> Optional.of(machine.token().status().message())
                                .filter(message -> !message.isEmpty()))),
                machine.clock(),
                Optional.of(machine.signInKey()));
        return new RunningService(new Service(
                parts,
                new ServiceConfig("127.0.0.1", 0, Optional.empty(), new SignIn.Demonstration(users()), limits)));
    }

    Service service() {
        return service;
    }

    URI url() {
        return service.url();
    }

    Browser browser() {
        return new Browser(url());
    }

    @Override
    public void close() {
        service.stop();
    }

    static List<DemoUser> users() {
        var citizens = DemoPeople.citizens();
        return List.of(
                new DemoUser(ISSUER, "颁发人员 周岚", "Zhou Lan, issuing officer", Set.of(Role.ISSUER), Optional.empty()),
                new DemoUser(CLERK, "窗口人员 何曦", "He Xi, window clerk", Set.of(Role.CLERK), Optional.empty()),
                citizen(CITIZEN, citizens.get(0)),
                citizen(OTHER_CITIZEN, citizens.get(1)));
    }

    private static DemoUser citizen(String id, DemoPeople.Citizen citizen) {
        return new DemoUser(
                id, citizen.name(), citizen.name(), Set.of(Role.CITIZEN), Optional.of(new CitizenId(citizen.id())));
    }

    static Catalogue catalogue() {
        return Catalogue.of(Stream.of("business-licence", "residence-permit")
                .map(name -> {
                    try (var pack = Objects.requireNonNull(
                            DemoPeople.class.getResourceAsStream("/catalogue/" + name + ".yaml"))) {
                        return new String(pack.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList());
    }
}

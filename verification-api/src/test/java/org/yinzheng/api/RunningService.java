package org.yinzheng.api;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.testdata.DemoPeople;

/// A started service on a free port, over the one [Machine].
final class RunningService implements AutoCloseable {
    static final String ISSUER = "issuing-officer";
    static final String POLICE_ISSUER = "police-officer";
    static final String SEAL_CUSTODIAN = "seal-custodian";
    static final String SECOND_CUSTODIAN = "seal-custodian-2";
    static final String POLICE_CUSTODIAN = "police-seal-custodian";
    static final String SEAL_MAKER = "seal-maker";
    static final String SECURITY_ADMIN = "security-admin";
    static final String CLERK = "window-clerk";
    static final String AUDIT_ADMIN = "audit-admin";
    static final String CITIZEN = "citizen-1";
    static final String OTHER_CITIZEN = "citizen-2";
    static final String COMPANY = "company-1";
    static final String SECOND_SECURITY_ADMIN = "security-2";
    static final String SYSTEM_ADMIN = "system-1";
    static final String OPERATOR = "operator-1";
    /// Whose token says that they are administrators of two kinds.
    static final String CONFLICTED = "conflicted-1";
    /// Whose token gives them no role.
    static final String NEWCOMER = "newcomer-1";

    private final Service service;

    private RunningService(Service service) {
        this.service = service;
        service.start();
    }

    static RunningService start() {
        return start(Limits.defaults());
    }

    static RunningService start(Limits limits) {
        return start(limits, parts -> parts);
    }

    static RunningService start(Limits limits, UnaryOperator<ServiceParts> changed) {
        return new RunningService(new Service(
                changed.apply(Machine.get().parts()),
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
                staff(ISSUER, "周岚", "Zhou Lan", Role.ISSUER),
                staff(POLICE_ISSUER, "秦越", "Qin Yue", Role.ISSUER),
                staff(SEAL_CUSTODIAN, "郑宁", "Zheng Ning", Role.SEAL_CUSTODIAN),
                staff(SECOND_CUSTODIAN, "蒋平", "Jiang Ping", Role.SEAL_CUSTODIAN),
                staff(SEAL_MAKER, "王工", "Wang Gong", Role.SEAL_MAKER),
                staff(SECURITY_ADMIN, "冯安", "Feng An", Role.SECURITY_ADMIN),
                new DemoUser(
                        POLICE_CUSTODIAN,
                        "秦印",
                        "Qin Yin",
                        Set.of(Role.SEAL_CUSTODIAN),
                        Optional.empty(),
                        Optional.of(new CreditCode(DemoPeople.PUBLIC_SECURITY.creditCode()))),
                staff(CLERK, "何曦", "He Xi", Role.CLERK),
                staff(AUDIT_ADMIN, "陈审计", "Audit administrator", Role.AUDIT_ADMIN),
                citizen(CITIZEN, citizens.get(0)),
                citizen(OTHER_CITIZEN, citizens.get(1)),
                staff(SECOND_SECURITY_ADMIN, "许安", "Xu An", Role.SECURITY_ADMIN),
                staff(SYSTEM_ADMIN, "韩系", "Han Xi", Role.SYSTEM_ADMIN),
                staff(OPERATOR, "卫办", "Wei Ban", Role.OPERATOR),
                new DemoUser(
                        CONFLICTED,
                        "兼任",
                        "Both",
                        Set.of(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.ISSUER),
                        Optional.empty()),
                new DemoUser(NEWCOMER, "新人", "Newcomer", Set.of(), Optional.empty()),
                company());
    }

    private static DemoUser staff(String id, String name, String english, Role role) {
        return new DemoUser(id, name, english, Set.of(role), Optional.empty());
    }

    private static DemoUser company() {
        var company = DemoPeople.companies().getFirst();
        return new DemoUser(
                COMPANY,
                company.name(),
                company.name(),
                Set.of(Role.CITIZEN),
                Optional.of(new CreditCode(company.creditCode())));
    }

    private static DemoUser citizen(String id, DemoPeople.Citizen citizen) {
        return new DemoUser(
                id, citizen.name(), citizen.name(), Set.of(Role.CITIZEN), Optional.of(new CitizenId(citizen.id())));
    }
}

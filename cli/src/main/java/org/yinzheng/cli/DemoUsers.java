package org.yinzheng.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.testdata.DemoPeople;

/// Who may sign in to the demonstration: invented people, each with one role.
final class DemoUsers {
    static final DemoUser ISSUER =
            new DemoUser("issuing-officer", "制证员 周", "Issuing officer", Set.of(Role.ISSUER), Optional.empty());
    static final DemoUser CLERK = new DemoUser("clerk", "窗口 吴", "Window clerk", Set.of(Role.CLERK), Optional.empty());

    private DemoUsers() {}

    static List<DemoUser> all() {
        var users = new ArrayList<>(List.of(ISSUER, CLERK));
        for (var citizen : DemoPeople.citizens()) {
            users.add(new DemoUser(
                    "citizen-" + users.size(),
                    citizen.name(),
                    "Citizen",
                    Set.of(Role.CITIZEN),
                    Optional.of(new CitizenId(citizen.id()))));
        }
        for (var company : DemoPeople.companies()) {
            users.add(new DemoUser(
                    "company-" + users.size(),
                    company.name(),
                    "Enterprise",
                    Set.of(Role.CITIZEN),
                    Optional.of(new CreditCode(company.creditCode()))));
        }
        return List.copyOf(users);
    }

    static String exampleName(HolderKind kind) {
        return switch (kind) {
            case CITIZEN_ID -> DemoPeople.citizens().getFirst().name();
            case CREDIT_CODE -> DemoPeople.companies().getFirst().name();
        };
    }

    static String exampleNumber(HolderKind kind) {
        return switch (kind) {
            case CITIZEN_ID -> DemoPeople.citizens().getFirst().id();
            case CREDIT_CODE -> DemoPeople.companies().getFirst().creditCode();
        };
    }
}

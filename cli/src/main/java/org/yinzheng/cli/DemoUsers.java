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
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.testdata.DemoPeople;

/// Who may sign in to the demonstration: invented people, each with one role.
final class DemoUsers {
    static final DemoUser ISSUER =
            new DemoUser("issuing-officer", "制证员 周", "Issuing officer", Set.of(Role.ISSUER), Optional.empty());
    static final DemoUser CLERK = new DemoUser("clerk", "窗口 吴", "Window clerk", Set.of(Role.CLERK), Optional.empty());

    static final DemoUser SEAL_CUSTODIAN =
            new DemoUser("seal-custodian", "印章管理员 郑", "Seal custodian", Set.of(Role.SEAL_CUSTODIAN), Optional.empty());
    static final DemoUser SECOND_CUSTODIAN = new DemoUser(
            "seal-custodian-2", "印章管理员 蒋", "Second seal custodian", Set.of(Role.SEAL_CUSTODIAN), Optional.empty());
    static final DemoUser SEAL_MAKER =
            new DemoUser("seal-maker", "制章员 王", "Seal maker", Set.of(Role.SEAL_MAKER), Optional.empty());
    static final DemoUser SECURITY_ADMIN = new DemoUser(
            "security-admin", "安全管理员 冯", "Security administrator", Set.of(Role.SECURITY_ADMIN), Optional.empty());
    static final DemoUser SECOND_SECURITY_ADMIN = new DemoUser(
            "security-admin-2",
            "安全管理员 许",
            "Second security administrator",
            Set.of(Role.SECURITY_ADMIN),
            Optional.empty());
    static final DemoUser SYSTEM_ADMIN = new DemoUser(
            "system-admin", "系统管理员 韩", "System administrator", Set.of(Role.SYSTEM_ADMIN), Optional.empty());
    static final DemoUser AUDIT_ADMIN =
            new DemoUser("audit-admin", "审计管理员 陈", "Audit administrator", Set.of(Role.AUDIT_ADMIN), Optional.empty());

    private DemoUsers() {}

    static List<DemoUser> all() {
        var users = new ArrayList<>(List.of(
                ISSUER,
                CLERK,
                SEAL_CUSTODIAN,
                SECOND_CUSTODIAN,
                SEAL_MAKER,
                SECURITY_ADMIN,
                SECOND_SECURITY_ADMIN,
                SYSTEM_ADMIN,
                AUDIT_ADMIN));
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

    /// @throws InvalidInput when the demonstration has no such user
    static DemoUser of(String id) {
        return all().stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "demo-user",
                        "--as",
                        "the demonstration has no such user; it has "
                                + all().stream().map(DemoUser::id).toList()));
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

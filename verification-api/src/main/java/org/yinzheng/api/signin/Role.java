package org.yinzheng.api.signin;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a signed-in person may do. The three administrators are three different people.
public enum Role {
    ISSUER,
    CLERK,
    CITIZEN,
    OPERATOR,
    /// 印章管理员: applies for seals, takes them over, reports them lost.
    SEAL_CUSTODIAN,
    /// 制章者: makes the seals that a security administrator approved.
    SEAL_MAKER,
    SYSTEM_ADMIN,
    SECURITY_ADMIN,
    AUDIT_ADMIN;

    /// System, security and audit administrators: nobody is two of them.
    public boolean administers() {
        return this == SYSTEM_ADMIN || this == SECURITY_ADMIN || this == AUDIT_ADMIN;
    }

    /// As in the token's `roles` claim: `system-admin`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> find(String wireName) {
        return Stream.of(values())
                .filter(role -> role.wireName().equals(wireName))
                .findFirst();
    }
}

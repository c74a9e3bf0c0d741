package org.yinzheng.api;

import java.net.URI;
import java.util.List;
import org.yinzheng.api.signin.DemoUser;

/// Whose tokens the service takes: one issuer's.
public sealed interface SignIn {
    /// An OpenID Connect provider; its tokens carry `roles`, and `citizen_id` or `credit_code` for holders.
    record Provider(String issuer, String audience, URI jwks) implements SignIn {}

    /// The built-in provider, 仅供演示: anybody may be any of these.
    record Demonstration(List<DemoUser> users) implements SignIn {
        public Demonstration {
            users = List.copyOf(users);
        }
    }
}

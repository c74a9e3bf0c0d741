package org.yinzheng.api.signin;

/// What looking at a token established.
public sealed interface TokenResult {
    record Accepted(Identity identity) implements TokenResult {}

    /// It was good once.
    record Expired() implements TokenResult {}

    /// Not ours: signature, algorithm, issuer, audience or a claim. Which one is nobody's business outside.
    record Rejected() implements TokenResult {}
}

package org.yinzheng.registry.grant;

/// What became of a step towards a right, or away from it. Everything but the first changed nothing.
public sealed interface GrantResult {
    record Done(Grant grant) implements GrantResult {}

    /// Nobody gives a right to themselves, and nobody confirms what they proposed.
    record SamePerson() implements GrantResult {}

    /// System, security and audit administrators are three people: this one is another already.
    record Exclusive() implements GrantResult {}

    /// They have the right, or it is proposed for them.
    record ThereAlready() implements GrantResult {}

    /// Somebody else has written it, behind the program's back.
    record Changed() implements GrantResult {}

    /// Its state has no such way out.
    record NotAllowed(Grant.State state) implements GrantResult {}

    record NotFound() implements GrantResult {}
}

package org.yinzheng.registry.licence;

/// Who does something, for the record: `subject` as signed in (never a citizen identity number), `role` as of
/// the sign-in, such as `issuer`.
public record Actor(String subject, String role) {}

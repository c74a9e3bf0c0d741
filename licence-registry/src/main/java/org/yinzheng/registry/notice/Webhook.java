package org.yinzheng.registry.notice;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;

/// Where somebody wants to be told.
///
/// @param owner as signed in
/// @param issuedBy told of every licence of this authority; absent: of those that the owner relied on
public record Webhook(UUID id, String owner, Optional<CreditCode> issuedBy, URI url, Instant since) {}

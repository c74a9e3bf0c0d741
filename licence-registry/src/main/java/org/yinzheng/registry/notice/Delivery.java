package org.yinzheng.registry.notice;

import java.time.Instant;
import java.util.UUID;

/// A notice on its way to one webhook.
///
/// @param attempts with this one
/// @param since when it was to be delivered first
public record Delivery(UUID webhook, java.net.URI url, Notice notice, int attempts, Instant since) {}

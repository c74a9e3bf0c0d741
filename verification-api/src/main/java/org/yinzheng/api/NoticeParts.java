package org.yinzheng.api;

import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.signing.key.SigningKey;

/// What telling others of changes needs.
///
/// @param key P-256, for notices and for nothing else
/// @param hosts to which notices may go
public record NoticeParts(Outbox outbox, SigningKey key, AllowedHosts hosts) {}

package org.yinzheng.registry.notice;

import java.time.Instant;

/// That somebody relied on a licence: their verification named it.
///
/// @param subject as signed in
/// @param told how many notices about it reached them
/// @param waiting how many are still on their way
public record Reliance(String subject, Instant first, Instant last, int times, int told, int waiting) {}

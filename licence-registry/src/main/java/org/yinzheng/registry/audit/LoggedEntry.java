package org.yinzheng.registry.audit;

import java.util.Optional;
import java.util.OptionalLong;
import org.yinzheng.signing.Digest;

/// An entry as the log has it.
///
/// @param number in the order of writing, with gaps
/// @param index of its leaf in the tree; absent for a moment, until the sequencer has come by
/// @param entry absent when its clear part was erased
/// @param salt with it, whoever has the entry can prove its commitment; absent with the entry
public record LoggedEntry(
        long number, OptionalLong index, Digest commitment, Optional<AuditEntry> entry, Optional<String> salt) {}

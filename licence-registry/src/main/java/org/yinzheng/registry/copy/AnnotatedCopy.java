package org.yinzheng.registry.copy;

import java.time.Instant;
import java.time.LocalDate;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;

/// 加注件: a rendition of a licence for one use.
///
/// @param recipient who is to get it
/// @param lastDay on which it may be used
/// @param byHolder whether a holder made it, or somebody of the authority
/// @param body who sealed it
/// @param document in the document store
public record AnnotatedCopy(
        CopyId id,
        LicenceId licence,
        Purpose purpose,
        String recipient,
        LocalDate lastDay,
        Actor maker,
        boolean byHolder,
        Instant madeAt,
        String body,
        Digest document,
        long size) {
    public boolean expired(LocalDate today) {
        return use().expired(today);
    }

    public CopyUse use() {
        return new CopyUse(purpose, recipient, lastDay);
    }

    public CopyFacts facts() {
        return new CopyFacts(id, use(), byHolder, madeAt, body);
    }

    /// Without what it is for.
    @Override
    public String toString() {
        return "AnnotatedCopy[" + id + ", " + licence + "]";
    }
}

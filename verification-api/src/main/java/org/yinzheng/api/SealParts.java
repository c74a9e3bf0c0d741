package org.yinzheng.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.seal.SealArtist;

/// What the life of seals needs.
///
/// @param demonstrationCertificates answers the certificate requests of a seal that is being made, 仅供演示; absent where
/// a licensed authority has to be asked
public record SealParts(
        Seals seals,
        SealOffice office,
        SealUses uses,
        SealArtist artist,
        Optional<Function<SealRecord, List<DocumentBytes>>> demonstrationCertificates) {}

package org.yinzheng.api;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.Readiness;
import org.yinzheng.api.http.Verification;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.time.TimestampAuthority;

/// What the service works with, made elsewhere and closed by whoever made it.
///
/// @param life what happens to licences once they are issued
/// @param office says for which authority somebody issues, and so whose licences they may see
/// @param probes one for each part that issuing needs: `token`, `database`, `documents`
/// @param verifications what keeping answers and making receipts needs
/// @param timestamps our own authority, which answers anybody at `/tsa`
/// @param stamping what stamps with the seals
/// @param seals their life
/// @param rights who may do what
/// @param demonstrationKey P-256; needed for [SignIn.Demonstration] only
public record ServiceParts(
        Catalogue catalogue,
        Licences licences,
        LifeParts life,
        Issuance issuance,
        IssuingOffice office,
        Verification.Verifier verifier,
        VerificationParts verifications,
        List<Readiness.Probe> probes,
        Clock clock,
        StampingParts stamping,
        TimestampAuthority timestamps,
        AuditParts audit,
        SealParts seals,
        RightsParts rights,
        Optional<SigningKey> demonstrationKey) {
    public ServiceParts {
        probes = List.copyOf(probes);
    }
}

package org.yinzheng.cli;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.api.SealParts;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.MergedOffice;
import org.yinzheng.registry.issuance.SealDesks;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.registry.postgres.PostgresMergers;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.postgres.PostgresSeals;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.SealArtist;

/// An installation's seals: their registry, the authorities of the settings that issue with them, and what may be
/// signed with each.
final class SealSetup {
    private final List<Settings.OfficeSettings> authorities;
    private final SealArtist artist;
    private final Seals seals;
    private final SealUses uses;
    private final SealOffice office;
    private final DemonstrationSeals demonstration;
    private final SealSigners signers;
    private final Quota quota;
    private final Mergers mergers;
    private final IssuingOffice issuing;

    SealSetup(
            Foundation base,
            DemonstrationAuthority authority,
            InstallationTrust trust,
            SealArtist artist,
            Catalogue catalogue) {
        authorities = base.settings().authorities();
        this.artist = artist;
        var clock = base.clock();
        seals = new PostgresSeals(base.database(), base.vault(), clock);
        uses = new PostgresSealUses(base.database());
        office = new SealOffice(seals, base.custodian(), trust, authority::sealMaker, division(authorities), clock);
        demonstration = new DemonstrationSeals(seals, office, base.custodian(), authority, artist, clock);
        authorities.forEach(demonstration::bringIntoUse);
        signers = new SealSigners(base.custodian(), trust, clock);
        quota = new Quota(new PostgresQuota(base.database()), clock);
        mergers = new PostgresMergers(base.database(), clock);
        issuing = new MergedOffice(
                new DemonstrationOffice(authorities, catalogue, new SealDesks(seals, signers, quota, clock)), mergers);
    }

    Seals seals() {
        return seals;
    }

    SealUses uses() {
        return uses;
    }

    SealSigners signers() {
        return signers;
    }

    Quota quota() {
        return quota;
    }

    Mergers mergers() {
        return mergers;
    }

    IssuingOffice issuing() {
        return issuing;
    }

    SealParts parts() {
        return new SealParts(seals, office, uses, artist, Optional.of(demonstration::certificates));
    }

    /// What the authorities sign credentials with.
    Set<X509Certificate> certificates() {
        return authorities.stream()
                .flatMap(authority -> seals.find(authority.sealId()).stream())
                .flatMap(seal -> seal.current().stream())
                .flatMap(made -> made.signer(Suite.SM2_SM3).stream())
                .map(key -> key.chain().getFirst())
                .collect(Collectors.toSet());
    }

    /// Seals that are allotted an identifier here get it in the division of the first authority.
    private static String division(List<Settings.OfficeSettings> authorities) {
        var id = authorities.isEmpty() ? "" : authorities.getFirst().sealId();
        return id.length() < 6 ? "000000" : id.substring(0, 6);
    }
}

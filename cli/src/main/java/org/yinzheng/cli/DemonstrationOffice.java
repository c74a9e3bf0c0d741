package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.seal.SealPicture;

/// The authorities of `yinzheng.yaml`, each with keys on the token, certificates of the demonstration CA, and a
/// seal. A seal is
/// made once and kept as a file; it is made again when the signer's certificate is a new one.
final class DemonstrationOffice implements IssuingOffice {
    private static final double DIAMETER_MM = 42;
    private static final Duration SEAL_LIFE = Duration.ofDays(3 * 365);

    private final Map<String, Settings.OfficeSettings> byTypeCode = new LinkedHashMap<>();
    private final Map<CreditCode, Settings.OfficeSettings> byCode = new LinkedHashMap<>();
    private final Map<CreditCode, Desk> desks = new ConcurrentHashMap<>();
    private final DemonstrationAuthority authority;
    private final SealArtist artist;
    private final Path seals;
    private final Clock clock;

    DemonstrationOffice(
            List<Settings.OfficeSettings> offices,
            Catalogue catalogue,
            DemonstrationAuthority authority,
            SealArtist artist,
            Path seals,
            Clock clock) {
        this.authority = authority;
        this.artist = artist;
        this.seals = seals;
        this.clock = clock;
        for (var office : offices) {
            byCode.put(new CreditCode(office.creditCode()), office);
            for (var type : office.types()) {
                byTypeCode.put(catalogue.type(type).code(), office);
            }
        }
    }

    @Override
    public Authority authorityFor(String typeCode, Actor actor) {
        var office = byTypeCode.get(typeCode);
        if (office == null) {
            throw new InvalidInput(
                    "no-authority", "type", "no authority here issues this type: see authorities in yinzheng.yaml");
        }
        return new Authority(new CreditCode(office.creditCode()), office.name());
    }

    @Override
    public Desk desk(Authority of) {
        var office = byCode.get(of.code());
        if (office == null) {
            throw new InvalidInput("no-authority", "", "yinzheng.yaml no longer names the authority " + of.code());
        }
        return desks.computeIfAbsent(of.code(), code -> open(of, office));
    }

    private Desk open(Authority of, Settings.OfficeSettings office) {
        var rsa = authority.signer(of.name(), Suite.RSA_SHA256);
        var sm2 = authority.signer(of.name(), Suite.SM2_SM3);
        try {
            var seal = seal(office, sm2);
            return new Desk(of, rsa, sm2, seal, picture(seal));
        } catch (IOException e) {
            throw new Failure.NotDone("the folder of seals cannot be used: " + seals, e);
        }
    }

    private Seal seal(Settings.OfficeSettings office, Signer signer) throws IOException {
        var file = seals.resolve(office.sealId() + ".esl");
        if (Files.exists(file)) {
            var seal = Seal.parse(DocumentBytes.owning(Files.readAllBytes(file)));
            if (seal.signers().permits(signer.certificate()) && clock.instant().isBefore(seal.validUntil())) {
                return seal;
            }
        }
        var now = clock.instant();
        var seal = new SealMaker(authority.sealMaker())
                .make(new SealOrder(
                        office.sealId(),
                        office.name(),
                        SealKind.STATUTORY_NAME,
                        artist.round(office.name(), "", DIAMETER_MM),
                        PermittedSigners.listed(List.of(signer.certificate())),
                        now,
                        now,
                        now.plus(SEAL_LIFE)));
        Files.createDirectories(seals);
        DurableFile.write(file, seal.der().toByteArray());
        return seal;
    }

    private static SealPicture picture(Seal seal) {
        var picture = seal.picture();
        return new SealPicture(picture.data(), picture.widthMm(), picture.heightMm());
    }
}

package org.yinzheng.signing.pdf;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// One signature to be put on a PDF. Begin with [#baseline] and add what is wanted.
///
/// @param field the new signature field's name, such as `authority-rsa`; unused where a [Place.AtField] names one
/// @param at the signing time that is claimed; seconds count
/// @param reason shown by PDF readers; may be empty
/// @param places where the seal is drawn, all of them one signature; none makes an invisible signature
/// @param picture what is drawn there, in its own size
/// @param accepted refusable warnings that do not stop this stamp
public record PdfStamp(
        String field,
        Signer signer,
        Instant at,
        String reason,
        Form form,
        Level level,
        Level.Shortfall shortfall,
        Certification certification,
        List<Place> places,
        Optional<SealPicture> picture,
        Set<Warning.Kind> accepted) {

    public PdfStamp {
        places = List.copyOf(places);
        accepted = Set.copyOf(accepted);
    }

    /// What the signature's value is.
    public sealed interface Form {
        Form CMS = new Cms();

        /// RSA and P-256: PAdES (`ETSI.CAdES.detached`); SM2, which PAdES does not know: a plain CMS
        /// (`adbe.pkcs7.detached`).
        record Cms() implements Form {}

        /// A GB/T 38540 stamp made with the seal. SM2 only; it reaches [Level#T].
        record Ses(Seal seal) implements Form {}
    }

    /// What may change after this signature (DocMDP, ISO 32000-2 §12.8.2.2). Only a document's first signature
    /// certifies.
    public enum Certification {
        /// An approval: it says nothing about later changes.
        NONE(0),
        /// No changes but validation data and document timestamps.
        P1(1),
        /// Forms may be filled in and signed.
        P2(2),
        /// And annotations may be made.
        P3(3);

        private final int permission;

        Certification(int permission) {
            this.permission = permission;
        }

        /// The /P of its parameters.
        int permission() {
            return permission;
        }
    }

    /// An invisible approval signature of level B.
    public static PdfStamp baseline(String field, Signer signer, Instant at, String reason) {
        return new PdfStamp(
                field,
                signer,
                at,
                reason,
                Form.CMS,
                Level.B,
                Level.Shortfall.REQUIRE,
                Certification.NONE,
                List.of(),
                Optional.empty(),
                Set.of());
    }

    public PdfStamp showing(SealPicture seal, Place... where) {
        return new PdfStamp(
                field,
                signer,
                at,
                reason,
                form,
                level,
                shortfall,
                certification,
                List.of(where),
                Optional.of(seal),
                accepted);
    }

    public PdfStamp reaching(Level wanted, Level.Shortfall otherwise) {
        return new PdfStamp(
                field, signer, at, reason, form, wanted, otherwise, certification, places, picture, accepted);
    }

    public PdfStamp certifying(Certification wanted) {
        return new PdfStamp(field, signer, at, reason, form, level, shortfall, wanted, places, picture, accepted);
    }

    public PdfStamp as(Form wanted) {
        return new PdfStamp(
                field, signer, at, reason, wanted, level, shortfall, certification, places, picture, accepted);
    }

    public PdfStamp accepting(Warning.Kind... kinds) {
        var all = EnumSet.noneOf(Warning.Kind.class);
        all.addAll(List.of(kinds));
        return new PdfStamp(field, signer, at, reason, form, level, shortfall, certification, places, picture, all);
    }
}

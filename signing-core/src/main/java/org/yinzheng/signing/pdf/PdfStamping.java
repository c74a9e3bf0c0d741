package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfString;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.time.TimestampSource;

/// One stamp put on one document, from the look at it to the last timestamp. Nothing is left of one that fails.
final class PdfStamping {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("'D:'yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PdfStamp stamp;
    private final Suite suite;
    private final Timestamping timestamps;
    private final Evidence evidence;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    record Done(Revision revision, PdfStamped stamped) {}

    PdfStamping(Optional<TimestampSource> source, Evidence evidence, PdfStamp stamp) {
        this.stamp = stamp;
        this.suite = stamp.signer().key().suite();
        this.timestamps = new Timestamping(source, stamp.shortfall());
        this.evidence = evidence;
    }

    Done of(Revision original) throws IOException {
        var level = stamp.level();
        if (level.compareTo(Level.LT) >= 0) {
            proofs(level);
        }
        var signed = signed(original);
        return new Done(signed, new PdfStamped(level, placed, warnings));
    }

    private void proofs(Level level) {
        if (evidence.of(stamp.signer().certificate(), stamp.signer().chain(), stamp.at())
                .isEmpty()) {
            throw new Failure.NotDone("no evidence for level " + level, null);
        }
    }

    private Revision signed(Revision original) throws IOException {
        var value = new CmsValue(
                new CmsWriter(stamp.signer(), stamp.at()),
                suite,
                stamp.level().needsTimestamp()
                        ? Optional.of(digest -> timestamps.over(digest, suite))
                        : Optional.empty());
        try {
            return signed(original, value, value.longest());
        } catch (SignatureGap.TooSmall e) {
            placed.clear();
            warnings.clear();
            return signed(original, value, e.needed + 64);
        }
    }

    private Revision signed(Revision original, SignatureValue value, int room) throws IOException {
        try (var update = PdfUpdate.of(original);
                var text = new PageText(original)) {
            var document = update.document();
            var gap = PdfUpdate.reading(() -> prepare(document, text, value, room));
            return update.write(gap, Cryptography.digest(value.digestName()), value::of);
        }
    }

    /// Everything but the value itself.
    private SignatureGap prepare(PdfDocument document, PageText text, SignatureValue value, int room)
            throws IOException {
        var fields = FormField.in(document);
        var existing = existingField(fields);
        DocumentGuard.check(
                document, fields, existing.map(FormField::name).orElse(stamp.field()), stamp.certification());
        var widgets = widgets(document, text, existing);

        var dictionary = value.dictionary();
        var gap = new SignatureGap(dictionary, room);
        dictionary.put(PdfName.M, new PdfString(DATE.format(stamp.at())));
        if (!stamp.reason().isEmpty()) {
            dictionary.put(PdfName.Reason, SignatureField.text(stamp.reason()));
        }
        dictionary.makeIndirect(document);
        if (stamp.certification() != PdfStamp.Certification.NONE) {
            certify(document, dictionary);
        }
        var field = new SignatureField(document, fields);
        existing.ifPresentOrElse(
                one -> field.fill(one, dictionary, widgets), () -> field.add(stamp.field(), dictionary, widgets));
        dictionary.flush(false);
        return gap;
    }

    private Optional<FormField> existingField(Map<String, FormField> fields) {
        var named = stamp.places().stream()
                .filter(Place.AtField.class::isInstance)
                .map(Place.AtField.class::cast)
                .toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (stamp.places().size() > 1) {
            throw new InvalidInput("place", "at", "a field of the form is the only place of its signature");
        }
        var field = fields.get(named.getFirst().name());
        if (field == null || !field.isSignature() || field.value().isPresent()) {
            throw new InvalidInput("place-not-found", "at", "no empty signature field of this name");
        }
        return Optional.of(field);
    }

    private List<SignatureField.Widget> widgets(PdfDocument document, PageText text, Optional<FormField> field)
            throws IOException {
        if (stamp.places().isEmpty() || (stamp.picture().isEmpty() && field.isPresent())) {
            return List.of();
        }
        var picture = stamp.picture()
                .orElseThrow(() -> new InvalidInput("seal-picture", "picture", "a place shows a picture"));
        var places = new SealPlaces(document, text, picture, field);
        var drawing = new SealDrawing(document, picture);
        var widgets = new ArrayList<SignatureField.Widget>();
        for (var place : stamp.places()) {
            for (var spot : places.find(place)) {
                var sheet = places.sheet(spot.page());
                var rectangle = sheet.inUserSpace(spot.area());
                widgets.add(new SignatureField.Widget(spot.page(), rectangle, drawing.appearance(sheet, spot)));
                placed.add(new Placed(spot.page(), spot.area()));
            }
        }
        return widgets;
    }

    private void certify(PdfDocument document, PdfDictionary signature) {
        var parameters = new PdfDictionary();
        parameters.put(PdfName.Type, PdfName.TransformParams);
        parameters.put(PdfName.P, new PdfNumber(stamp.certification().permission()));
        parameters.put(PdfName.V, new PdfName("1.2"));
        var reference = new PdfDictionary();
        reference.put(PdfName.Type, PdfName.SigRef);
        reference.put(PdfName.TransformMethod, PdfName.DocMDP);
        reference.put(PdfName.TransformParams, parameters);
        signature.put(PdfName.Reference, new PdfArray(reference));
        PdfUpdate.dictionary(document.getCatalog().getPdfObject(), PdfName.Perms)
                .put(PdfName.DocMDP, signature);
    }
}

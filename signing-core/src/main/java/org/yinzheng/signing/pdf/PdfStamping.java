package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfString;
import java.io.IOException;
import java.security.cert.X509Certificate;
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
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.time.TimestampToken;

/// One stamp put on one document, from the look at it to the last timestamp. Nothing is left of one that fails.
final class PdfStamping {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("'D:'yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int ROOM_TO_SPARE = 64;

    private final PdfStamp stamp;
    private final Suite suite;
    private final Optional<TimestampSource> source;
    private final Timestamping timestamps;
    private final Evidence evidence;
    private final DeflateCache<SealPicture> outlines;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    record Done(Revision revision, PdfStamped stamped) {}

    PdfStamping(
            Optional<TimestampSource> source, Evidence evidence, DeflateCache<SealPicture> outlines, PdfStamp stamp) {
        this.outlines = outlines;
        this.stamp = stamp;
        this.suite = stamp.signer().key().suite();
        this.source = source;
        this.timestamps = new Timestamping(source, stamp.shortfall());
        this.evidence = evidence;
    }

    Done of(Revision original) throws IOException {
        var wanted = stamp.level();
        if (stamp.form() instanceof PdfStamp.Form.Ses && wanted.compareTo(Level.T) > 0) {
            if (stamp.shortfall() == Level.Shortfall.REQUIRE) {
                throw new InvalidInput("stamp-level", "level", "a GB/T 38540 stamp reaches level B or T");
            }
            wanted = Level.T;
        }
        if (wanted.compareTo(Level.T) > 0
                && proof(stamp.signer().certificate(), stamp.signer().chain()).isEmpty()) {
            fallShort("no evidence that the signer's certificate is good: renew the trust folder's revocation lists");
            wanted = Level.T;
        }
        var revision = new Step(original);
        try {
            var reached = sign(revision, wanted);
            if (wanted.compareTo(Level.LT) >= 0 && reached == Level.T && addEvidence(revision)) {
                reached = Level.LT;
            }
            if (wanted == Level.LTA && reached == Level.LT && addDocumentTimestamp(revision)) {
                reached = Level.LTA;
            }
            return new Done(revision.now, new PdfStamped(reached, placed, warnings));
        } catch (IOException | RuntimeException e) {
            revision.now.close();
            throw e;
        }
    }

    /// The document from one revision to the next; those in between are not kept.
    private static final class Step {
        private Revision now;

        Step(Revision original) {
            this.now = original;
        }

        void to(Revision next) throws IOException {
            now.close();
            now = next;
        }
    }

    private void fallShort(String why) {
        if (stamp.shortfall() == Level.Shortfall.REQUIRE) {
            throw new Failure.NotDone(why, null);
        }
    }

    private Optional<Evidence.Proof> proof(X509Certificate certificate, List<X509Certificate> others) {
        return evidence.of(certificate, others, stamp.at());
    }

    /// @return [Level#B] or [Level#T]
    private Level sign(Step step, Level wanted) throws IOException {
        var timed = wanted.needsTimestamp();
        switch (stamp.form()) {
            case PdfStamp.Form.Ses(var seal) -> {
                var value = new SesValue(source, seal, stamp, timed ? Level.T : Level.B);
                step.to(signed(step.now, value));
                return value.reached();
            }
            case PdfStamp.Form.Cms() -> {
                var value = new CmsValue(
                        new CmsWriter(stamp.signer(), stamp.at()),
                        suite,
                        timed ? Optional.of(digest -> timestamps.over(digest, suite)) : Optional.empty());
                step.to(signed(step.now, value));
                return timestamps.tokens().isEmpty() ? Level.B : Level.T;
            }
        }
    }

    /// DSS: what proves the signer's certificate and the timestamp authority's.
    private boolean addEvidence(Step step) throws IOException {
        var token = TimestampToken.parse(timestamps.tokens().getLast());
        var proofs = new ArrayList<Evidence.Proof>();
        proof(stamp.signer().certificate(), stamp.signer().chain()).ifPresent(proofs::add);
        token.authority(List.of())
                .flatMap(authority -> proof(authority, token.certificates()))
                .ifPresent(proofs::add);
        if (proofs.size() < 2) {
            fallShort("no evidence that the timestamp authority's certificate is good");
            return false;
        }
        try (var update = PdfUpdate.of(step.now)) {
            new DssWriter(update.document()).add(proofs);
            step.to(update.write());
            return true;
        }
    }

    private boolean addDocumentTimestamp(Step step) throws IOException {
        try {
            step.to(fitting(new TokenValue(timestamps, suite), (value, room) -> {
                try (var update = PdfUpdate.of(step.now)) {
                    var document = update.document();
                    var fields = FormField.in(document);
                    var dictionary = value.dictionary();
                    var gap = new SignatureGap(dictionary, room);
                    dictionary.makeIndirect(document);
                    new SignatureField(document, fields).add(freeName(fields), dictionary, List.of());
                    dictionary.flush(false);
                    return update.write(gap, Cryptography.digest(value.digestName()), value::of);
                }
            }));
            return true;
        } catch (Failure.NotDone e) {
            if (stamp.shortfall() == Level.Shortfall.REQUIRE) {
                throw e;
            }
            return false;
        }
    }

    private static String freeName(Map<String, FormField> fields) {
        int number = 1;
        while (fields.containsKey("timestamp-" + number)) {
            number++;
        }
        return "timestamp-" + number;
    }

    private interface Writing {
        Revision write(SignatureValue value, int room) throws IOException;
    }

    /// Once more with enough room when a value turns out longer than such values are: the room is part of what is
    /// signed.
    private Revision fitting(SignatureValue value, Writing work) throws IOException {
        try {
            return work.write(value, value.longest());
        } catch (SignatureGap.TooSmall e) {
            return work.write(value, e.needed + ROOM_TO_SPARE);
        }
    }

    private Revision signed(Revision original, SignatureValue value) throws IOException {
        return fitting(value, (kind, room) -> signed(original, kind, room));
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
        var target = existing.map(FormField::name).orElse(stamp.field());
        DocumentGuard.check(document, fields, target, stamp.certification());
        placed.clear();
        warnings.clear();
        warnings.addAll(HiddenContent.check(document, fields.values(), stamp.accepted()));
        var widgets = widgets(document, text, existing);

        var dictionary = value.dictionary();
        var gap = new SignatureGap(dictionary, room);
        dictionary.put(PdfName.M, new PdfString(DATE.format(stamp.at())));
        if (!stamp.reason().isEmpty()) {
            dictionary.put(PdfName.Reason, SignatureField.text(stamp.reason()));
        }
        dictionary.makeIndirect(document);
        var permissions = new SignaturePermissions(stamp.certification(), existing);
        permissions.write(document, dictionary);
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
        var drawing = new SealDrawing(document, picture, outlines);
        var spots = new ArrayList<Spot>();
        for (var place : stamp.places()) {
            spots.addAll(places.find(place));
        }
        warnings.addAll(CoveredText.below(spots, text, places::sheet));
        var widgets = new ArrayList<SignatureField.Widget>(spots.size());
        for (var spot : spots) {
            var sheet = places.sheet(spot.page());
            var appearance = drawing.appearance(sheet, spot);
            widgets.add(new SignatureField.Widget(spot.page(), sheet.inUserSpace(spot.area()), appearance));
            placed.add(new Placed(spot.page(), spot.area()));
        }
        return widgets;
    }
}

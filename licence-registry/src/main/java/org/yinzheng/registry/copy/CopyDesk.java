package org.yinzheng.registry.copy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.SelfCheck;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.pdf.PdfRenderer;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// Makes copies. [#make] is the whole ceremony.
public final class CopyDesk {
    /// In which the last day of a copy is counted.
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int LONGEST_MONTHS = 12;

    private final Licences licences;
    private final Catalogue catalogue;
    private final Copies copies;
    private final DocumentStore documents;
    private final CopyMaker maker;
    private final SelfCheck selfCheck;
    private final CopySheet sheet;
    private final PdfStamper stamper = new PdfStamper();
    private final Clock clock;

    public CopyDesk(
            Licences licences,
            Catalogue catalogue,
            Copies copies,
            DocumentStore documents,
            CopyMaker maker,
            SelfCheck selfCheck,
            Press press,
            Typefaces typefaces,
            Clock clock) {
        this.licences = licences;
        this.catalogue = catalogue;
        this.copies = copies;
        this.documents = documents;
        this.maker = maker;
        this.selfCheck = selfCheck;
        this.sheet = new CopySheet(press, typefaces);
        this.clock = clock;
    }

    /// Draw → seal → verify what came back → store → record (commit). A crash before the commit leaves a
    /// document that no row names, and nobody has seen it: nothing is there to reconcile.
    ///
    /// @throws InvalidInput `last-day` unless it is from today to a year from now
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was made; repeat with the same key
    /// @throws org.yinzheng.signing.Failure.Unknown it may have been made; repeating with the same key tells
    public CopyResult make(CopyOrder order) {
        var before = copies.madeBefore(order);
        if (before.isPresent()) {
            return before.get();
        }
        var today = today();
        if (order.lastDay().isBefore(today) || order.lastDay().isAfter(today.plusMonths(LONGEST_MONTHS))) {
            throw new InvalidInput("last-day", "lastDay", "from today to a year from now");
        }
        var found = licences.find(order.licence());
        if (found.isEmpty()) {
            return new CopyResult.NotFound();
        }
        var licence = found.get();
        if (licence.standing() != Standing.IN_FORCE) {
            return new CopyResult.NotInForce(licence.standing());
        }
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var note = new CopySheet.Note(
                CopyId.random(),
                new CopyUse(order.purpose(), order.recipient(), order.lastDay()),
                order.byHolder(),
                maker.name(),
                at);
        var issuedOn = licence.issuedAt().atZone(ZONE).toLocalDate();
        var type = catalogue.type(licence.typeCode(), licence.typeVersion(), issuedOn);
        var drawn = sheet.draw(type, facts(licence, issuedOn), note);
        var stamp = PdfStamp.baseline(
                        "copy-maker", maker.signer().get(), at, order.purpose().sentence())
                .showing(maker.seal(), new Place.AtAnchor(PdfRenderer.SEAL));
        var sealed = stamper.stamp(drawn, stamp).document();
        verify(sealed, note.id());
        var copy = new AnnotatedCopy(
                note.id(),
                licence.id(),
                order.purpose(),
                order.recipient(),
                order.lastDay(),
                order.maker(),
                order.byHolder(),
                at,
                maker.name(),
                documents.put(sealed),
                sealed.size());
        return copies.record(order, copy);
    }

    public Optional<AnnotatedCopy> find(CopyId id) {
        return copies.find(id);
    }

    /// Newest first.
    public List<AnnotatedCopy> ofLicence(LicenceId licence) {
        return copies.ofLicence(licence);
    }

    /// The stored bytes, checked against their digest.
    public DocumentBytes document(AnnotatedCopy copy) {
        return documents.get(copy.document());
    }

    /// By which a copy's last day is counted.
    public LocalDate today() {
        return clock.instant().atZone(ZONE).toLocalDate();
    }

    private void verify(DocumentBytes document, CopyId id) {
        var report = selfCheck.verify(document, clock.instant());
        var ours = report instanceof Report.Judged judged
                && judged.indication() == Indication.TOTAL_PASSED
                && judged.licenceId().filter(id.toString()::equals).isPresent();
        if (!ours) {
            throw new IllegalStateException("a copy does not verify: " + report.indication() + " " + report.reasons());
        }
    }

    private static LicenceFacts facts(Licence licence, LocalDate issuedOn) {
        return new LicenceFacts(
                licence.id(),
                licence.number(),
                licence.holder(),
                licence.others(),
                licence.authority(),
                licence.validFrom(),
                licence.validUntil(),
                issuedOn,
                licence.data());
    }
}

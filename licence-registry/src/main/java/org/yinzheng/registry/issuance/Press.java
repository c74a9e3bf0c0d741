package org.yinzheng.registry.issuance;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdRenderer;
import org.yinzheng.signing.ofd.OfdStamp;
import org.yinzheng.signing.ofd.OfdStamper;
import org.yinzheng.signing.pdf.PdfRenderer;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// Draws a licence's two renditions, stamps them and checks them. Knows nothing of where they go.
public final class Press {
    private final Layout layout;
    private final PdfRenderer pdfRenderer;
    private final OfdRenderer ofdRenderer;
    private final PdfStamper pdfStamper = new PdfStamper();
    private final OfdStamper ofdStamper = new OfdStamper();
    private final SelfCheck selfCheck;
    private final URI publicUrl;
    private final Clock clock;

    /// @param publicUrl where a QR code leads: `<publicUrl>/v/<licence identifier>`
    public Press(Typefaces typefaces, SelfCheck selfCheck, URI publicUrl, Clock clock) {
        this.layout = new Layout(typefaces);
        this.pdfRenderer = new PdfRenderer(typefaces);
        this.ofdRenderer = new OfdRenderer(typefaces);
        this.selfCheck = selfCheck;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /// The renditions before they are stamped: exactly the bytes to be signed.
    record Draft(DocumentBytes pdf, DocumentBytes ofd, Page.Area seal) {}

    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph`, `text-too-long`: names the field
    Draft draw(LicenceType type, LicenceFacts facts, Instant madeAt) {
        var text = new LicenceText(type, facts);
        var qr = publicUrl.toString().replaceAll("/+$", "") + "/v/" + facts.id().value();
        var page = layout.lay(type.template(), text.shown(), qr);
        var info = new DocumentInfo(type.nameZh(), facts.id().value(), text.metadata(), madeAt);
        return new Draft(pdfRenderer.render(page, info), ofdRenderer.render(page, info), page.seal());
    }

    /// SM2 first and unseen, then RSA with the seal: PDF readers, which know no SM2, show the last signature as
    /// covering the whole file.
    DocumentBytes stampPdf(Draft draft, IssuingOffice.Desk desk, Instant at) {
        var reason = "颁发电子证照";
        var sm2 = PdfStamp.baseline("authority-sm2", desk.sm2(), at, reason);
        var rsa = PdfStamp.baseline("authority-rsa", desk.rsa(), at, reason)
                .showing(desk.picture(), new Place.AtAnchor(PdfRenderer.SEAL));
        var once = pdfStamper.stamp(draft.pdf(), sm2).document();
        return pdfStamper.stamp(once, rsa).document();
    }

    DocumentBytes stampOfd(Draft draft, IssuingOffice.Desk desk, Instant at) {
        var area = draft.seal();
        var centre = new Place.OnPage(1, area.x() + area.width() / 2, area.y() + area.height() / 2);
        return ofdStamper
                .stamp(draft.ofd(), OfdStamp.closing(desk.seal(), desk.sm2(), at, centre))
                .document();
    }

    /// @throws SelfCheckFailed unless everything passes and the document names the licence
    void verify(Format format, DocumentBytes document, LicenceId id) {
        var report = selfCheck.verify(document, clock.instant());
        var ours = report instanceof Report.Judged judged
                && judged.indication() == Indication.TOTAL_PASSED
                && judged.licenceId().filter(id.value()::equals).isPresent();
        if (!ours) {
            throw new SelfCheckFailed(id, format, words(report));
        }
    }

    private static String words(Report report) {
        return switch (report) {
            case Report.Judged judged -> judged.indication() + " " + judged.reasons() + " " + judged.licenceId();
            case Report.Unsigned unsigned -> unsigned.indication().name();
            case Report.Malformed malformed -> malformed.why();
        };
    }
}

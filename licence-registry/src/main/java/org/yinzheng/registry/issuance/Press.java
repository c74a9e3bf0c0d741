package org.yinzheng.registry.issuance;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.jose.JwsResult;
import org.yinzheng.signing.jose.LicenceCredential;
import org.yinzheng.signing.jose.Sm2Jws;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
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
import org.yinzheng.signing.verdict.SignedContent;
import org.yinzheng.signing.xml.LicenceXml;
import org.yinzheng.signing.xml.XmlStamp;
import org.yinzheng.signing.xml.XmlStamper;

/// Makes a licence's renditions, stamps or signs them and checks them. Knows nothing of where they go.
public final class Press {
    private final Layout layout;
    private final PdfRenderer pdfRenderer;
    private final OfdRenderer ofdRenderer;
    private final PdfStamper pdfStamper = new PdfStamper();
    private final OfdStamper ofdStamper = new OfdStamper();
    private final XmlStamper xmlStamper = new XmlStamper(Optional.empty());
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
    ///
    /// @param seals where the seal is shown: once on each face of the type
    record Draft(DocumentBytes pdf, DocumentBytes ofd, DocumentBytes xml, SignedContent content, List<Place> seals) {
        Draft {
            seals = List.copyOf(seals);
        }
    }

    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph`, `text-too-long`: names the field
    Draft draw(LicenceType type, LicenceFacts facts, Instant madeAt) {
        var text = new LicenceText(type, facts);
        var shown = text.shown();
        // 正本 and 副本 are faces of one document: nobody signs one without the other
        var pages = type.templates().values().stream()
                .flatMap(face -> layout.pages(face, shown, address(facts.id())).stream())
                .toList();
        var info = new DocumentInfo(type.nameZh(), facts.id().value(), text.metadata(), madeAt);
        return new Draft(
                pdfRenderer.render(pages, info),
                ofdRenderer.render(pages, info),
                LicenceXml.of(info.licenceId(), info.metadata()),
                new SignedContent(info.licenceId(), info.metadata()),
                sealPlaces(pages));
    }

    /// A licence's pages by another template than its type's, such as one with a watermark.
    ///
    /// @throws org.yinzheng.signing.InvalidInput as of [#draw]
    public List<Page> pages(LicenceType type, Template template, LicenceFacts facts) {
        return layout.pages(template, new LicenceText(type, facts).shown(), address(facts.id()));
    }

    /// Where a licence's QR code leads.
    public String address(LicenceId id) {
        return publicUrl.toString().replaceAll("/+$", "") + "/v/" + id.value();
    }

    /// The middle of each place that the templates keep: OFDs are stamped by figures, and PDFs with several
    /// faces.
    private static List<Place> sealPlaces(List<Page> pages) {
        var places = new ArrayList<Place>();
        for (int i = 0; i < pages.size(); i++) {
            var area = pages.get(i).seal();
            if (area != null) {
                places.add(new Place.OnPage(i + 1, area.x() + area.width() / 2, area.y() + area.height() / 2));
            }
        }
        if (places.isEmpty()) {
            throw new IllegalStateException("a template has a place for the seal");
        }
        return places;
    }

    /// SM2 first and unseen, then RSA with the seal: PDF readers, which know no SM2, show the last signature as
    /// covering the whole file.
    DocumentBytes stampPdf(Draft draft, IssuingOffice.Desk desk, Instant at) {
        var reason = "颁发电子证照";
        var sm2 = PdfStamp.baseline("authority-sm2", desk.sm2(), at, reason);
        var rsa = PdfStamp.baseline("authority-rsa", desk.rsa(), at, reason)
                .showing(
                        desk.picture(),
                        draft.seals().size() == 1 ? new Place[] {new Place.AtAnchor(PdfRenderer.SEAL)} : places(draft));
        var once = pdfStamper.stamp(draft.pdf(), sm2).document();
        return pdfStamper.stamp(once, rsa).document();
    }

    DocumentBytes stampOfd(Draft draft, IssuingOffice.Desk desk, Instant at) {
        return ofdStamper
                .stamp(draft.ofd(), OfdStamp.closing(desk.seal(), desk.sm2(), at, places(draft)))
                .document();
    }

    private static Place[] places(Draft draft) {
        return draft.seals().toArray(Place[]::new);
    }

    DocumentBytes signXml(Draft draft, IssuingOffice.Desk desk, Instant at) {
        return xmlStamper.stamp(draft.xml(), XmlStamp.baseline(desk.rsa(), at)).document();
    }

    DocumentBytes signCredential(Draft draft, IssuingOffice.Desk desk, Instant at) {
        var text = LicenceCredential.sign(desk.sm2().key(), draft.content(), at);
        return DocumentBytes.owning(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Names its signer by the key only: checked with the certificate that stands in the seal.
    ///
    /// @throws SelfCheckFailed unless it verifies and names the licence
    void verifyCredential(DocumentBytes credential, IssuingOffice.Desk desk, LicenceId id) {
        var key = desk.sm2().certificate().getPublicKey();
        var text = new String(credential.toByteArray(), StandardCharsets.US_ASCII);
        var result = new Sm2Jws(Set.of(key)).check(text, LicenceCredential.TYPE);
        var ours = result instanceof JwsResult.Valid valid
                && LicenceCredential.content(valid.claims())
                        .filter(content -> content.licenceId().equals(id.value()))
                        .isPresent();
        if (!ours) {
            throw new SelfCheckFailed(id, Format.CREDENTIAL, "it does not verify with the authority's key");
        }
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

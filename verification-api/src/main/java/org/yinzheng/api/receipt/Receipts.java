package org.yinzheng.api.receipt;

import java.net.URI;
import java.time.Clock;
import org.yinzheng.api.http.Verification;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.evidence.EvidenceBundle;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsSigner;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.verdict.Indication;

/// Makes receipts, when somebody asks for one: a verification that nobody files costs no signature.
public final class Receipts {
    private final VerifyingBody body;
    private final Verifications kept;
    private final Verification.Verifier verifier;
    private final URI url;
    private final Clock clock;
    private final ReceiptSheet sheet;
    private final PdfStamper stamper = new PdfStamper();

    /// @param verifier judges each paper before it leaves
    /// @param url under which this service is reached, and its keys are published
    public Receipts(
            VerifyingBody body,
            Verifications kept,
            Verification.Verifier verifier,
            Typefaces typefaces,
            URI url,
            Clock clock) {
        this.body = body;
        this.kept = kept;
        this.verifier = verifier;
        this.url = url;
        this.clock = clock;
        this.sheet = new ReceiptSheet(typefaces, body, url);
    }

    /// The keys by which anybody checks the JWS (RFC 7517).
    public String keys() {
        return body.keys().published();
    }

    /// The one receipt of a verification that is done: whoever asks again gets the same.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone when the token or the database is away, or the receipt key's
    /// certificate is not believed any more
    public String jws(StoredVerification done) {
        return done.receipt().orElseGet(() -> {
            var signing = body.signing();
            var signer =
                    switch (signing) {
                        case ReceiptSigning.Certified certified -> new JwsSigner(certified.signer());
                        case ReceiptSigning.Demonstration(var key, var _) ->
                            new JwsSigner(key, JwsAlgorithm.of(key.kind()));
                    };
            var claims = ReceiptClaims.of(done, body, signing.says(), url);
            return kept.keepReceipt(done.id(), signer.sign(EvidenceBundle.RECEIPT_TYPE, claims));
        });
    }

    /// The same on one page, stamped now.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone as [#jws]
    public DocumentBytes pdf(StoredVerification done) {
        var at = clock.instant();
        var signing = body.signing();
        var stamp = PdfStamp.baseline("verifying-body", signing.onPaper(), at, "核验回执 verification receipt")
                .certifying(PdfStamp.Certification.P1)
                .showing(body.seal(), sheet.seal());
        var stamped = stamper.stamp(sheet.draw(done, signing.says()), stamp).document();
        var report = verifier.verify(stamped, clock.instant());
        if (report.indication() != Indication.TOTAL_PASSED) {
            throw new IllegalStateException("our own receipt does not pass: " + report.reasons());
        }
        return stamped;
    }
}

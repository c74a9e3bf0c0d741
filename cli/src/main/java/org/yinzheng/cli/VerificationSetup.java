package org.yinzheng.cli;

import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.VerificationParts;
import org.yinzheng.api.receipt.ReceiptKeys;
import org.yinzheng.api.receipt.ReceiptSigning;
import org.yinzheng.api.receipt.VerifyingBody;
import org.yinzheng.registry.postgres.PostgresVerifications;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;

/// An installation as the body that answers for verifications: what it keeps of them, and how it signs its receipts.
final class VerificationSetup {
    private static final Logger LOG = LoggerFactory.getLogger(VerificationSetup.class);

    private final Foundation base;
    private final DemonstrationAuthority authority;
    private final Typefaces typefaces;
    private final ReceiptKeys receiptKeys;
    private final Verifications verifications;

    VerificationSetup(Foundation base, DemonstrationAuthority authority, InstallationTrust trust, Typefaces typefaces) {
        this.base = base;
        this.authority = authority;
        this.typefaces = typefaces;
        receiptKeys = ReceiptCommand.keys(base.custodian(), base.root(), trust, base.clock());
        verifications = new PostgresVerifications(
                base.database(), base.vault(), base.settings().retention(), base.clock());
    }

    Verifications verifications() {
        return verifications;
    }

    /// The keys by which its receipts are known.
    DocumentBytes pinnedKeys() {
        return DocumentBytes.owning(receiptKeys.pinned().getBytes(StandardCharsets.UTF_8));
    }

    VerificationParts parts() {
        return new VerificationParts(
                verifications, body(), typefaces, base.root().resolve("waiting"), VerificationParts.AT_ONCE);
    }

    VerifyingBody body() {
        var name = base.settings().verifyingBodyName();
        return new VerifyingBody(
                name,
                receiptKeys,
                () -> authority.signer(name, Suite.RSA_SHA256),
                new SealArtist(typefaces).round(name, "核验专用章", 42),
                Version.text());
    }

    /// For whoever starts the service.
    void tellOfReceipts() {
        try {
            switch (body().signing()) {
                case ReceiptSigning.Demonstration _ ->
                    LOG.warn(
                            "核验回执仅供演示 receipts are a demonstration's: no certification authority vouches for their key."
                                    + " To do: yinzheng receipt csr, then yinzheng receipt certificate");
                case ReceiptSigning.Certified(var signer) ->
                    LOG.info(
                            "核验回执签名证书 receipts are signed as {} until {}",
                            Certificates.subject(signer.certificate()),
                            signer.certificate().getNotAfter().toInstant());
            }
        } catch (Failure.NotDone unusable) {
            LOG.error("核验回执不能签发 {}", unusable.getMessage());
        }
    }
}

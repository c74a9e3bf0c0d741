package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.signatures.ICrlClient;
import com.itextpdf.signatures.IExternalSignature;
import com.itextpdf.signatures.ISignatureMechanismParams;
import com.itextpdf.signatures.ITSAClient;
import com.itextpdf.signatures.PdfPadesSigner;
import com.itextpdf.signatures.SignerProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;

/// PAdES as iText's own signer writes it: another producer than ours, for what our verifier has to accept.
final class ITextPades {
    private final Ages ages;

    ITextPades(Ages ages) {
        this.ages = ages;
    }

    DocumentBytes signed(DocumentBytes pdf, String field, Level level) {
        var signer = ages.signer(Suite.RSA_SHA256);
        var properties = new SignerProperties()
                .setFieldName(field)
                .setClaimedSignDate(GregorianCalendar.from(ages.now().atZone(ZoneOffset.UTC)));
        var output = new ByteArrayOutputStream();
        try {
            var pades = pades(pdf, output);
            var chain = signer.chain().toArray(Certificate[]::new);
            var key = new Key(signer);
            switch (level) {
                case B -> pades.signWithBaselineBProfile(properties, chain, key);
                case T -> pades.signWithBaselineTProfile(properties, chain, key, new Tsa(ages));
                case LT -> pades.signWithBaselineLTProfile(properties, chain, key, new Tsa(ages));
                case LTA -> pades.signWithBaselineLTAProfile(properties, chain, key, new Tsa(ages));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// Evidence for what is there, and a document timestamp over it.
    DocumentBytes prolonged(DocumentBytes pdf) {
        var output = new ByteArrayOutputStream();
        try {
            pades(pdf, output).prolongSignatures(new Tsa(ages));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private PdfPadesSigner pades(DocumentBytes pdf, ByteArrayOutputStream output) throws IOException {
        ICrlClient lists = (certificate, url) -> ages.authority().crls().stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .map(Certificates::der)
                .toList();
        return new PdfPadesSigner(new PdfReader(pdf.stream()), output)
                .setCrlClient(lists)
                .setTrustedCertificates(List.copyOf(ages.authority().trust().anchors()));
    }

    private record Key(Signer signer) implements IExternalSignature {
        @Override
        public String getDigestAlgorithmName() {
            return "SHA-256";
        }

        @Override
        public String getSignatureAlgorithmName() {
            return "RSA";
        }

        @Override
        public @Nullable ISignatureMechanismParams getSignatureMechanismParameters() {
            return null;
        }

        @Override
        public byte[] sign(byte[] message) {
            return signer.key().sign(message);
        }
    }

    private record Tsa(Ages ages) implements ITSAClient {
        @Override
        public int getTokenSizeEstimate() {
            return 8192;
        }

        @Override
        public MessageDigest getMessageDigest() {
            return Cryptography.digest("SHA-256");
        }

        @Override
        public byte[] getTimeStampToken(byte[] imprint) {
            return ages.timestamps()
                    .tokenOver(DocumentBytes.of(imprint), Suite.RSA_SHA256)
                    .toByteArray();
        }
    }
}

package org.yinzheng.testdata.corpus.pdf.valid;

import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.ReaderProperties;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.signatures.BouncyCastleDigest;
import com.itextpdf.signatures.ICrlClient;
import com.itextpdf.signatures.IExternalSignature;
import com.itextpdf.signatures.ISignatureMechanismParams;
import com.itextpdf.signatures.ITSAClient;
import com.itextpdf.signatures.PdfPadesSigner;
import com.itextpdf.signatures.PdfSigner;
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
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// iText's own signers.
final class ItextSigner {
    private ItextSigner() {}

    static DocumentBytes pades(Signing signing, DocumentBytes pdf, Level level) {
        var output = new ByteArrayOutputStream();
        try {
            var pades = pades(signing.authority(), pdf, output);
            var signer = signing.authority().signer(Party.RSA);
            var chain = signer.chain().toArray(Certificate[]::new);
            var key = new Key(signer);
            var tsa = new Tsa(signing.authority());
            switch (level) {
                case B -> pades.signWithBaselineBProfile(properties("itext"), chain, key);
                case T -> pades.signWithBaselineTProfile(properties("itext"), chain, key, tsa);
                case LT -> pades.signWithBaselineLTProfile(properties("itext"), chain, key, tsa);
                case LTA -> pades.signWithBaselineLTAProfile(properties("itext"), chain, key, tsa);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("iText does not sign", e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// Evidence for what is there, and a document timestamp over it.
    static DocumentBytes prolonged(Signing signing, DocumentBytes pdf) {
        var output = new ByteArrayOutputStream();
        try {
            pades(signing.authority(), pdf, output).prolongSignatures(new Tsa(signing.authority()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("iText does not prolong", e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    /// Detached CMS, as most programs with iText sign.
    static DocumentBytes signed(Signing signing, DocumentBytes pdf, ReaderProperties reading) {
        var output = new ByteArrayOutputStream();
        try {
            var signer = new PdfSigner(
                    new PdfReader(pdf.stream(), reading), output, new StampingProperties().useAppendMode());
            signer.setSignerProperties(properties("itext"));
            var authority = signing.authority().signer(Party.RSA);
            signer.signDetached(
                    new BouncyCastleDigest(),
                    new Key(authority),
                    authority.chain().toArray(Certificate[]::new),
                    null,
                    null,
                    null,
                    0,
                    PdfSigner.CryptoStandard.CMS);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("iText does not sign", e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private static SignerProperties properties(String field) {
        return new SignerProperties()
                .setFieldName(field)
                .setClaimedSignDate(GregorianCalendar.from(CorpusAuthority.SIGNED.atZone(ZoneOffset.UTC)));
    }

    private static PdfPadesSigner pades(CorpusAuthority authority, DocumentBytes pdf, ByteArrayOutputStream output)
            throws IOException {
        ICrlClient lists = (certificate, url) -> authority.crls().stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .map(Certificates::der)
                .toList();
        return new PdfPadesSigner(new PdfReader(pdf.stream()), output)
                .setCrlClient(lists)
                .setTrustedCertificates(List.copyOf(authority.trust().anchors()));
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

    private record Tsa(CorpusAuthority authority) implements ITSAClient {
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
            return authority
                    .timestamps(CorpusAuthority.SIGNED)
                    .tokenOver(DocumentBytes.of(imprint), Suite.RSA_SHA256)
                    .toByteArray();
        }
    }
}

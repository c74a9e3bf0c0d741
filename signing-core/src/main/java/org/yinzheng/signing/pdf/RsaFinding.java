package org.yinzheng.signing.pdf;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// A bare PKCS #1 value, as the oldest programs write it (ISO 32000-1 §12.8.3.2): an OCTET STRING in /Contents, the
/// certificates in /Cert.
final class RsaFinding {
    static final String SUB_FILTER = "adbe.x509.rsa_sha1";

    private static final String CLAUSE = "ISO 32000-1 §12.8.3.2";
    private static final COSName CERT = COSName.getPDFName("Cert");
    private static final int MOST = 10;
    private static final int OCTET_STRING = 4;
    private static final List<SignatureScheme> SCHEMES = List.of(
                    "1.2.840.113549.1.1.5", "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13")
            .stream()
            .flatMap(oid -> SignatureScheme.of(oid).stream())
            .toList();

    private RsaFinding() {}

    static SignatureFinding of(
            byte[] contents, COSDictionary dictionary, SignedBytes signed, Timeline timeline, long end) {
        var certificates = certificates(dictionary.getDictionaryObject(CERT));
        var checks = new ArrayList<Check>();
        var value = value(contents);
        if (value.isEmpty()) {
            checks.add(Check.failed("signature-value", "no OCTET STRING", CLAUSE, Flaw.SIGNATURE_VALUE_MISSING));
        } else if (certificates.isEmpty()) {
            checks.add(Check.failed(
                    "signature-value", "no certificate in /Cert", CLAUSE, Gap.NO_SIGNING_CERTIFICATE_FOUND));
        } else if (!(certificates.getFirst().getPublicKey() instanceof RSAKey)) {
            checks.add(Check.failed("signature-value", "no RSA key", CLAUSE, Flaw.ALGORITHMS_DISAGREE));
        } else {
            return judged(certificates, value.get(), signed, timeline, end);
        }
        return finding(checks, "", "", Optional.empty());
    }

    private static SignatureFinding judged(
            List<X509Certificate> certificates, byte[] value, SignedBytes signed, Timeline timeline, long end) {
        var signer = certificates.getFirst();
        var message = signed.all().orElseThrow().toByteArray();
        var scheme = SCHEMES.stream()
                .filter(one -> one.verify(signer.getPublicKey(), message, value))
                .findFirst();
        var checks = new ArrayList<Check>();
        checks.add(
                scheme.isPresent()
                        ? Check.passed("signature-value", "verifies with the signer's certificate", CLAUSE)
                        : Check.failed(
                                "signature-value",
                                "does not verify with the signer's certificate",
                                CLAUSE,
                                Flaw.SIG_CRYPTO_FAILURE));
        var known = timeline.known(end);
        checks.addAll(PathCheck.check(
                signer,
                certificates,
                timeline.evidence(),
                new Moment(timeline.at(), known, timeline.at()),
                scheme.map(one -> List.of(new Use.OfScheme("the signature", one)))
                        .orElse(List.of())));
        return finding(
                checks,
                Certificates.subject(signer),
                scheme.map(SignatureScheme::jcaName).orElse(""),
                known);
    }

    private static SignatureFinding finding(
            List<Check> checks, String signer, String algorithm, Optional<Instant> proven) {
        return new SignatureFinding(
                "PDF-RSA",
                Set.of("signature-value"),
                checks,
                signer,
                algorithm,
                Optional.empty(),
                proven,
                Optional.empty());
    }

    private static Optional<byte[]> value(byte[] contents) {
        try {
            var string = Ber.parse(contents);
            return string.tag() == OCTET_STRING
                    ? Optional.of(Arrays.copyOfRange(contents, string.contentStart(), string.end()))
                    : Optional.empty();
        } catch (Ber.Malformed e) {
            return Optional.empty();
        }
    }

    private static List<X509Certificate> certificates(@Nullable COSBase given) {
        var strings = new ArrayList<COSString>();
        if (given instanceof COSString one) {
            strings.add(one);
        }
        for (int i = 0; given instanceof COSArray array && i < Math.min(array.size(), MOST); i++) {
            if (array.getObject(i) instanceof COSString one) {
                strings.add(one);
            }
        }
        var certificates = new ArrayList<X509Certificate>();
        for (var string : strings) {
            try {
                certificates.add(Certificates.parse(string.getBytes()));
            } catch (InvalidInput e) {
                return List.of();
            }
        }
        return certificates;
    }
}

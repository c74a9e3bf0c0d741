package org.yinzheng.signing.pdf;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// The mathematics of one signature: structure, algorithms, digest, value, and which certificate it names.
/// Says nothing about trust.
final class CmsCheck {
    private static final String CMS = "RFC 5652 §5";
    private static final String SHA_1 = "1.3.14.3.2.26";

    /// @param algorithm as in [SignatureScheme#jcaName()], or empty
    record Result(
            List<Check> checks,
            Optional<X509Certificate> signer,
            List<X509Certificate> certificates,
            String algorithm,
            Optional<Instant> signingTime) {}

    /// Digests the signed bytes; one call per algorithm.
    interface SignedBytes {
        byte[] digest(MessageDigest digest);

        byte[] all();
    }

    private final List<Check> checks = new ArrayList<>();

    private CmsCheck() {}

    /// @param pades whether PAdES' stricter rules hold: attributes, and among them the signing certificate
    static Result check(byte[] contents, SignedBytes signed, boolean pades) {
        var check = new CmsCheck();
        try {
            return check.run(ParsedCms.parse(contents), signed, pades);
        } catch (ParsedCms.Malformed e) {
            check.fail("cms-structure", e.where(), CMS, Flaw.FORMAT_FAILURE);
            return new Result(check.checks, Optional.empty(), List.of(), "", Optional.empty());
        }
    }

    private Result run(ParsedCms cms, SignedBytes signed, boolean pades) {
        structure(cms, pades);
        var scheme = algorithms(cms);
        digest(cms, signed);
        if (cms.signer.isEmpty() && cms.signingCertificate.isPresent() && namesAnyOf(cms)) {
            fail("signing-certificate", "the signer's identifier and the attribute disagree", CMS, Flaw.FORMAT_FAILURE);
        } else if (cms.signer.isEmpty()) {
            fail("signature-value", "the signer's certificate is not enclosed", CMS, Gap.NO_SIGNING_CERTIFICATE_FOUND);
        } else {
            if (scheme.isPresent()) {
                value(cms, signed, scheme.get(), cms.signer.get());
            }
            signingCertificate(cms, cms.signer.get(), pades);
        }
        var algorithm = scheme.map(SignatureScheme::jcaName)
                .orElse(cms.signatureAlgorithm.getAlgorithm().getId());
        return new Result(checks, cms.signer, cms.certificates, algorithm, cms.signingTime);
    }

    private void structure(ParsedCms cms, boolean pades) {
        if (cms.attributesAsReceived.isEmpty()) {
            if (pades) {
                fail("cms-structure", "no signed attributes", "ETSI EN 319 142-1 §5.3", Flaw.FORMAT_FAILURE);
            } else {
                pass("cms-structure", "detached, one signer, no signed attributes");
            }
        } else if (cms.messageDigest.isEmpty()) {
            fail("cms-structure", "signed attributes without a message digest", CMS, Flaw.FORMAT_FAILURE);
        } else if (!cms.contentType.equals(Optional.of(CMSObjectIdentifiers.data.getId()))) {
            fail("cms-structure", "the content-type attribute is missing or another", CMS, Flaw.FORMAT_FAILURE);
        } else {
            pass("cms-structure", "detached, one signer");
        }
    }

    private Optional<SignatureScheme> algorithms(ParsedCms cms) {
        var digest = CmsAlgorithms.digestName(cms.digestOid);
        if (digest.isEmpty()) {
            fail(
                    "algorithms",
                    "digest " + cms.digestOid + " is weak or unknown",
                    CMS,
                    Gap.CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
            return Optional.empty();
        }
        var scheme = CmsAlgorithms.scheme(cms.signatureAlgorithm, digest.get());
        if (scheme.isEmpty()) {
            var oid = cms.signatureAlgorithm.getAlgorithm().getId();
            fail(
                    "algorithms",
                    "signature algorithm " + oid + " is weak or unknown",
                    CMS,
                    Gap.CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
        } else if (!scheme.get().digestName().equals(digest.get())) {
            var both = digest.get() + " and " + scheme.get().jcaName();
            fail("algorithms", "digest and signature algorithm disagree: " + both, CMS, Flaw.FORMAT_FAILURE);
        } else {
            pass("algorithms", scheme.get().jcaName());
        }
        return scheme;
    }

    private void digest(ParsedCms cms, SignedBytes signed) {
        var digest = CmsAlgorithms.digestName(cms.digestOid);
        if (cms.messageDigest.isEmpty() || digest.isEmpty()) {
            return; // without attributes the value itself is over the bytes; an unknown digest has been reported
        }
        var actual = signed.digest(Cryptography.digest(digest.get()));
        if (Arrays.equals(actual, cms.messageDigest.get())) {
            pass("message-digest", digest.get() + " of the signed bytes agrees");
        } else {
            fail("message-digest", digest.get() + " of the signed bytes differs", "RFC 5652 §11.2", Flaw.HASH_FAILURE);
        }
    }

    private void value(ParsedCms cms, SignedBytes signed, SignatureScheme scheme, X509Certificate signer) {
        var key = signer.getPublicKey();
        if (!SignatureScheme.accepts(key)) {
            fail("signature-value", "a key that is too weak or unknown", CMS, Gap.CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
            return;
        }
        // As received: many signers do not sort the attributes. In DER: some sort only what they hash.
        // Both are the same attributes.
        var right = cms.attributesAsReceived.isEmpty()
                ? scheme.verify(key, signed.all(), cms.value)
                : scheme.verify(key, cms.attributesAsReceived.get(), cms.value)
                        || (!Arrays.equals(cms.attributesAsReceived.get(), cms.attributesInDer.orElseThrow())
                                && scheme.verify(key, cms.attributesInDer.orElseThrow(), cms.value));
        if (right) {
            pass("signature-value", "verifies with the signer's certificate");
        } else {
            fail("signature-value", "does not verify with the signer's certificate", CMS, Flaw.SIG_CRYPTO_FAILURE);
        }
    }

    private void signingCertificate(ParsedCms cms, X509Certificate signer, boolean pades) {
        var clause = "RFC 5035 §3";
        if (cms.signingCertificate.isEmpty()) {
            if (pades) {
                fail("signing-certificate", "the attribute is missing", "ETSI EN 319 142-1 §6.3", Flaw.FORMAT_FAILURE);
            }
            return;
        }
        var named = cms.signingCertificate.get();
        var digestName =
                named.digestOid().equals(SHA_1) ? Optional.of("SHA-1") : CmsAlgorithms.digestName(named.digestOid());
        if (digestName.isEmpty()) {
            fail("signing-certificate", "an unknown digest", clause, Gap.CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
        } else if (Arrays.equals(
                Cryptography.digest(digestName.get()).digest(Certificates.der(signer)),
                named.digest().toByteArray())) {
            checks.add(Check.passed("signing-certificate", "the attribute names this certificate", clause));
        } else {
            fail("signing-certificate", "the attribute names another certificate", clause, Flaw.SIG_CRYPTO_FAILURE);
        }
    }

    private static boolean namesAnyOf(ParsedCms cms) {
        var named = cms.signingCertificate.orElseThrow();
        var digestName = CmsAlgorithms.digestName(named.digestOid());
        return digestName.isPresent()
                && cms.certificates.stream()
                        .anyMatch(one -> Arrays.equals(
                                Cryptography.digest(digestName.get()).digest(Certificates.der(one)),
                                named.digest().toByteArray()));
    }

    private void pass(String step, String found) {
        checks.add(Check.passed(step, found, CMS));
    }

    private void fail(String step, String found, String clause, org.yinzheng.signing.verdict.Reason reason) {
        checks.add(Check.failed(step, found, clause, reason));
    }
}

package org.yinzheng.signing.cms;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.KeyStrength;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Sm2;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// The mathematics of one signature: structure, algorithms, digest, value, and which certificate it names.
/// Says nothing about trust.
public final class CmsCheck {
    private static final String CMS = "RFC 5652 §5";

    /// How strict the profile is.
    public enum Profile {
        /// RFC 5652 as it stands.
        PLAIN,
        /// Attributes, and among them the signing certificate (ETSI EN 319 142-1 §5.3, §6.3).
        PADES,
        /// The same of a timestamp token (RFC 3161 §2.4.2).
        TIMESTAMP
    }

    /// @param algorithm as in [SignatureScheme#jcaName()], or its object identifier
    /// @param uses the algorithms that it relies on, for the policy
    public record Result(
            List<Check> checks,
            Optional<X509Certificate> signer,
            String algorithm,
            Optional<Instant> signingTime,
            List<Use> uses) {}

    /// The signed bytes, to be digested with whatever the signature names.
    @FunctionalInterface
    public interface SignedBytes {
        byte[] digest(MessageDigest digest);

        /// The bytes themselves: a signature without attributes is over them, and not over their digest.
        default Optional<DocumentBytes> all() {
            return Optional.empty();
        }

        static SignedBytes of(DocumentBytes bytes) {
            return new SignedBytes() {
                @Override
                public byte[] digest(MessageDigest digest) {
                    return digest.digest(bytes.toByteArray());
                }

                @Override
                public Optional<DocumentBytes> all() {
                    return Optional.of(bytes);
                }
            };
        }
    }

    private final List<Check> checks = new ArrayList<>();

    private final ParsedCms cms;
    private final Profile profile;

    private CmsCheck(ParsedCms cms, Profile profile) {
        this.cms = cms;
        this.profile = profile;
    }

    /// @param others certificates among which the signer's may be when it is not enclosed
    public static Result check(ParsedCms cms, SignedBytes signed, Profile profile, Collection<X509Certificate> others) {
        return new CmsCheck(cms, profile).run(signed, others);
    }

    private Result run(SignedBytes signed, Collection<X509Certificate> others) {
        structure();
        var scheme = algorithms();
        digest(signed);
        var signer = cms.signer(others);
        counterSignatures();
        if (signer.isEmpty() && namesAnyEnclosed()) {
            fail(
                    "signing-certificate",
                    "the signer's identifier and the attribute disagree",
                    CMS,
                    Flaw.SIGNING_CERTIFICATE_MISMATCH);
        } else if (signer.isEmpty()) {
            fail("signature-value", "the signer's certificate is not enclosed", CMS, Gap.NO_SIGNING_CERTIFICATE_FOUND);
        } else {
            if (scheme.isPresent()) {
                value(signed, scheme.get(), signer.get());
            }
            signingCertificate(signer.get());
        }
        var algorithm = scheme.map(SignatureScheme::jcaName)
                .orElse(cms.signatureAlgorithm.getAlgorithm().getId());
        return new Result(
                List.copyOf(checks),
                signer,
                algorithm,
                cms.attributes.flatMap(SignedAttributes::signingTime),
                uses(scheme));
    }

    private List<Use> uses(Optional<SignatureScheme> scheme) {
        var uses = new ArrayList<Use>();
        CmsAlgorithms.digestName(cms.digestOid).ifPresent(name -> uses.add(new Use.OfDigest("the content", name)));
        scheme.ifPresent(one -> uses.add(new Use.OfScheme("the signature", one)));
        return uses;
    }

    private void structure() {
        if (cms.attributes.isEmpty()) {
            if (profile == Profile.PLAIN) {
                pass("cms-structure", "no signed attributes");
            } else {
                incomplete("no signed attributes");
            }
        } else if (cms.attributes.get().messageDigest().isEmpty()) {
            incomplete("signed attributes without a message digest");
        } else if (!cms.repeatsType()) {
            incomplete("the content-type attribute is missing or another");
        } else if (profile == Profile.PADES && !cms.announcedType.equals(CMSObjectIdentifiers.data.getId())) {
            incomplete("a content type other than data (ETSI EN 319 142-1 §5.3)");
        } else {
            pass("cms-structure", "signed attributes with content type and message digest");
        }
    }

    private void incomplete(String found) {
        fail("cms-structure", found, CMS, Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
    }

    private void counterSignatures() {
        if (cms.counterSignatures.isEmpty()) {
            return;
        }
        var clause = "RFC 5652 §11.4";
        if (cms.counterSignatures.stream().anyMatch(one -> one.isOverAnother(cms.value))) {
            fail("counter-signature", "over another value", clause, Flaw.COUNTER_SIGNATURE_MISPLACED);
        } else {
            checks.add(Check.passed("counter-signature", "over this value; its signer is not judged", clause));
        }
    }

    private Optional<SignatureScheme> algorithms() {
        var digest = CmsAlgorithms.digestName(cms.digestOid);
        if (digest.isEmpty()) {
            fail("algorithms", "digest " + cms.digestOid + " is unknown", CMS, Gap.ALGORITHM_UNKNOWN);
            return Optional.empty();
        }
        var scheme = CmsAlgorithms.scheme(cms.signatureAlgorithm, digest.get());
        if (scheme.isEmpty()) {
            var oid = cms.signatureAlgorithm.getAlgorithm().getId();
            fail("algorithms", "signature algorithm " + oid + " is unknown", CMS, Gap.ALGORITHM_UNKNOWN);
        } else if (disagreement(scheme.get(), digest.get()).isPresent()) {
            var what = disagreement(scheme.get(), digest.get()).get();
            fail("algorithms", what, CMS, Flaw.ALGORITHMS_DISAGREE);
        } else {
            pass("algorithms", scheme.get().jcaName());
        }
        return scheme;
    }

    private Optional<String> disagreement(SignatureScheme scheme, String digestName) {
        if (scheme.namesDigest() && !scheme.digestName().equals(digestName)) {
            return Optional.of("digest " + digestName + " and signature algorithm " + scheme + " disagree");
        }
        if (!cms.announced) {
            return Optional.of("the signer's digest is not among those announced");
        }
        var protection = cms.attributes.flatMap(SignedAttributes::algorithmProtection);
        return protection.isPresent() && !isProtected(protection.get())
                ? Optional.of("the protected algorithms are others (RFC 6211)")
                : Optional.empty();
    }

    private boolean isProtected(CMSAlgorithmProtection attribute) {
        return attribute.getDigestAlgorithm().getAlgorithm().equals(cms.digestAlgorithm.getAlgorithm())
                && attribute.getSignatureAlgorithm() != null
                && attribute.getSignatureAlgorithm().getAlgorithm().equals(cms.signatureAlgorithm.getAlgorithm());
    }

    private void digest(SignedBytes signed) {
        var digest = CmsAlgorithms.digestName(cms.digestOid);
        var stated = cms.attributes.flatMap(SignedAttributes::messageDigest);
        if (stated.isEmpty() || digest.isEmpty()) {
            return; // without attributes the value itself is over the bytes; an unknown digest has been reported
        }
        var actual = signed.digest(Cryptography.digest(digest.get()));
        if (Arrays.equals(actual, stated.get())) {
            pass("message-digest", digest.get() + " of the signed bytes agrees");
        } else {
            fail("message-digest", digest.get() + " of the signed bytes differs", "RFC 5652 §11.2", Flaw.HASH_FAILURE);
        }
    }

    private void value(SignedBytes signed, SignatureScheme scheme, X509Certificate signer) {
        var key = signer.getPublicKey();
        if (KeyStrength.of(key).isEmpty()) {
            fail("signature-value", "a key of an unknown kind", CMS, Gap.ALGORITHM_UNKNOWN);
            return;
        }
        var candidates = cms.attributes
                .map(SignedAttributes::signed)
                .orElseGet(() ->
                        signed.all().map(DocumentBytes::toByteArray).stream().toList());
        if (candidates.stream().anyMatch(message -> scheme.verify(key, message, cms.value))) {
            pass("signature-value", "verifies with the signer's certificate");
        } else if (scheme.equals(SignatureScheme.SM2_SM3)
                && candidates.stream().anyMatch(message -> Sm2.verifyRaw(key, message, cms.value))) {
            pass("signature-value", "verifies with the signer's certificate; raw r‖s, not DER as GB/T 35276 wants");
        } else {
            fail("signature-value", "does not verify with the signer's certificate", CMS, Flaw.SIG_CRYPTO_FAILURE);
        }
    }

    private void signingCertificate(X509Certificate signer) {
        var clause = "RFC 5035 §3";
        var named = namedCertificates();
        if (named.isEmpty()) {
            if (profile != Profile.PLAIN) {
                fail("signing-certificate", "the attribute is missing", clause, Gap.SIGNING_CERTIFICATE_UNNAMED);
            }
        } else if (named.stream()
                .anyMatch(one -> CmsAlgorithms.digestName(one.digestOid()).isEmpty())) {
            fail("signing-certificate", "an unknown digest", clause, Gap.SIGNING_CERTIFICATE_UNNAMED);
        } else if (named.stream().allMatch(one -> isOf(signer, one))) {
            checks.add(Check.passed("signing-certificate", "the attribute names this certificate", clause));
        } else {
            fail(
                    "signing-certificate",
                    "the attribute names another certificate",
                    clause,
                    Flaw.SIGNING_CERTIFICATE_MISMATCH);
        }
    }

    private boolean namesAnyEnclosed() {
        return namedCertificates().stream()
                .anyMatch(named -> cms.certificates().stream().anyMatch(one -> isOf(one, named)));
    }

    private List<SignedAttributes.CertificateDigest> namedCertificates() {
        return cms.attributes.map(SignedAttributes::signingCertificates).orElse(List.of());
    }

    private static boolean isOf(X509Certificate certificate, SignedAttributes.CertificateDigest named) {
        return CmsAlgorithms.digestName(named.digestOid())
                .filter(name -> Arrays.equals(
                        Cryptography.digest(name).digest(Certificates.der(certificate)),
                        named.digest().toByteArray()))
                .isPresent();
    }

    private void pass(String step, String found) {
        checks.add(Check.passed(step, found, CMS));
    }

    private void fail(String step, String found, String clause, org.yinzheng.signing.verdict.Reason reason) {
        checks.add(Check.failed(step, found, clause, reason));
    }
}

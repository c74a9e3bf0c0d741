package org.yinzheng.signing.cms;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
        if (signer.isEmpty() && cms.signingCertificate.isPresent() && namesAnyEnclosed()) {
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
        return new Result(List.copyOf(checks), signer, algorithm, cms.signingTime, uses(scheme));
    }

    private List<Use> uses(Optional<SignatureScheme> scheme) {
        var uses = new ArrayList<Use>();
        CmsAlgorithms.digestName(cms.digestOid).ifPresent(name -> uses.add(new Use.OfDigest("the content", name)));
        scheme.ifPresent(one -> uses.add(new Use.OfScheme("the signature", one)));
        return uses;
    }

    private void structure() {
        if (cms.attributesAsReceived.isEmpty()) {
            if (profile == Profile.PLAIN) {
                pass("cms-structure", "one signer, no signed attributes");
            } else {
                fail("cms-structure", "no signed attributes", "RFC 5652 §5.3", Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
            }
        } else if (cms.messageDigest.isEmpty()) {
            fail("cms-structure", "signed attributes without a message digest", CMS, Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
        } else if (!cms.repeatsType()) {
            fail(
                    "cms-structure",
                    "the content-type attribute is missing or another",
                    CMS,
                    Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
        } else if (profile == Profile.PADES && !cms.announcedType.equals(CMSObjectIdentifiers.data.getId())) {
            fail(
                    "cms-structure",
                    "a content type other than data",
                    "ETSI EN 319 142-1 §5.3",
                    Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
        } else {
            pass("cms-structure", "one signer");
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
        } else if (scheme.get().namesDigest() && !scheme.get().digestName().equals(digest.get())) {
            var both = digest.get() + " and " + scheme.get().jcaName();
            fail("algorithms", "digest and signature algorithm disagree: " + both, CMS, Flaw.ALGORITHMS_DISAGREE);
        } else {
            pass("algorithms", scheme.get().jcaName());
        }
        return scheme;
    }

    private void digest(SignedBytes signed) {
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

    private void value(SignedBytes signed, SignatureScheme scheme, X509Certificate signer) {
        var key = signer.getPublicKey();
        if (KeyStrength.of(key).isEmpty()) {
            fail("signature-value", "a key of an unknown kind", CMS, Gap.ALGORITHM_UNKNOWN);
            return;
        }
        // As received: many signers do not sort the attributes. In DER: some sort only what they hash.
        // Both are the same attributes.
        var candidates = new ArrayList<byte[]>();
        if (cms.attributesAsReceived.isEmpty()) {
            signed.all().ifPresent(all -> candidates.add(all.toByteArray()));
        } else {
            candidates.add(cms.attributesAsReceived.get());
            if (!Arrays.equals(cms.attributesAsReceived.get(), cms.attributesInDer.orElseThrow())) {
                candidates.add(cms.attributesInDer.get());
            }
        }
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
        if (cms.signingCertificate.isEmpty()) {
            if (profile != Profile.PLAIN) {
                fail("signing-certificate", "the attribute is missing", clause, Flaw.SIGNED_ATTRIBUTES_INCOMPLETE);
            }
            return;
        }
        var named = cms.signingCertificate.get();
        var digestName = CmsAlgorithms.digestName(named.digestOid());
        if (digestName.isEmpty()) {
            fail("signing-certificate", "an unknown digest", clause, Gap.ALGORITHM_UNKNOWN);
        } else if (Arrays.equals(
                Cryptography.digest(digestName.get()).digest(Certificates.der(signer)),
                named.digest().toByteArray())) {
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
        var named = cms.signingCertificate.orElseThrow();
        var digestName = CmsAlgorithms.digestName(named.digestOid());
        return digestName.isPresent()
                && cms.certificates().stream()
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

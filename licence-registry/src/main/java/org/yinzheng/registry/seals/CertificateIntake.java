package org.yinzheng.registry.seals;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;

/// Takes the certificate that a licensed certification authority issued for a key of ours, when it is for this key and
/// can be believed now.
public final class CertificateIntake {
    private static final int LARGEST = 256 << 10;
    private static final int LONGEST_CHAIN = 8;
    private static final String FIELD = "certificates";

    private CertificateIntake() {}

    /// @param derOrPem the certificate, with those that lead to its root or without them, in any order
    /// @return the certificate and those that lead to the root, the root itself left out
    /// @throws InvalidInput `certificate-form`, `certificate-key-mismatch`, `certificate-expired`,
    /// `certificate-revoked`, `certificate-revocation-unknown`, `certificate-untrusted`, `certificate-usage`
    public static List<X509Certificate> accept(PublicKey key, DocumentBytes derOrPem, Trust trust, Instant now) {
        if (derOrPem.size() > LARGEST) {
            throw new InvalidInput("certificate-form", FIELD, "at most 256 kB of certificates");
        }
        var all = Certificates.parseAll(derOrPem.toByteArray());
        var own = all.stream()
                .filter(one -> Arrays.equals(one.getPublicKey().getEncoded(), key.getEncoded()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "certificate-key-mismatch", FIELD, "no certificate here is for our key on the token"));
        check(own, all, trust, now);
        return chain(own, all, trust);
    }

    /// @throws InvalidInput as [#accept]
    public static void check(X509Certificate own, Collection<X509Certificate> others, Trust trust, Instant now) {
        for (var check : PathCheck.check(own, others, trust, now, now)) {
            if (!check.passed()) {
                throw new InvalidInput(code(check), FIELD, check.found());
            }
        }
    }

    private static String code(Check check) {
        return switch (check.step()) {
            case "signer-validity" -> "certificate-expired";
            case "signer-revocation" ->
                check.reason().filter(Flaw.REVOKED::equals).isPresent()
                        ? "certificate-revoked"
                        : "certificate-revocation-unknown";
            case "signer-key-usage" -> "certificate-usage";
            default -> "certificate-untrusted";
        };
    }

    private static List<X509Certificate> chain(X509Certificate own, List<X509Certificate> sent, Trust trust) {
        var known = new ArrayList<>(sent);
        known.addAll(trust.anchors());
        var chain = new ArrayList<>(List.of(own));
        while (chain.size() < LONGEST_CHAIN) {
            var last = chain.getLast();
            var issuer = known.stream()
                    .filter(one -> one.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                            && !one.getSubjectX500Principal().equals(one.getIssuerX500Principal())
                            && PathCheck.isSignedBy(last, one))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            chain.add(issuer.get());
        }
        return chain;
    }
}

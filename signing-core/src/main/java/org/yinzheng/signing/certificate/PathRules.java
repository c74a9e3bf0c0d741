package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.asn1.x509.PolicyConstraints;

/// Whether each certificate of a path may vouch for the one below (RFC 5280 §6.1). Every policy is acceptable to us, so
/// that mappings and anyPolicy change nothing; an authority that requires a policy breaks the path, as does a critical
/// extension that is not understood.
final class PathRules {
    private static final Set<String> KNOWN = Set.of(
            Extension.basicConstraints.getId(),
            Extension.keyUsage.getId(),
            Extension.extendedKeyUsage.getId(),
            Extension.certificatePolicies.getId(),
            Extension.subjectAlternativeName.getId(),
            Extension.nameConstraints.getId(),
            Extension.policyMappings.getId(),
            Extension.inhibitAnyPolicy.getId(),
            Extension.policyConstraints.getId());
    private static final int MOST_SUBTREES = 200;

    private PathRules() {}

    /// @param path from the signer up to the anchor
    static Optional<String> fault(List<X509Certificate> path) {
        int authorities = 0; // below, without those that changed their own key
        for (int i = 0; i < path.size(); i++) {
            var certificate = path.get(i);
            var critical = certificate.getCriticalExtensionOIDs();
            if (critical != null && !KNOWN.containsAll(critical)) {
                return Optional.of("a critical extension that is not understood");
            }
            if (i == 0) {
                continue;
            }
            if (certificate.getBasicConstraints() < 0) {
                return Optional.of(Certificates.subject(certificate) + " issued a certificate and is no authority");
            }
            if (certificate.getBasicConstraints() < authorities) {
                return Optional.of("the path is longer than " + Certificates.subject(certificate) + " allows");
            }
            var usage = certificate.getKeyUsage();
            if (usage != null && !usage[5]) {
                return Optional.of(Certificates.subject(certificate) + " may not sign certificates");
            }
            if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                authorities++;
            }
        }
        try {
            return constraints(path);
        } catch (IllegalArgumentException | ClassCastException e) { // Bouncy Castle, for extensions of another form
            return Optional.of("a constraint that cannot be read");
        }
    }

    private static Optional<String> constraints(List<X509Certificate> path) {
        var names = new PKIXNameConstraintValidator();
        boolean constrained = false;
        for (int i = path.size() - 1; i >= 0; i--) {
            var certificate = path.get(i);
            boolean renewsItself = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (constrained && (i == 0 || !renewsItself) && !keeps(certificate, names)) {
                return Optional.of(
                        "a name that an authority above may not certify: " + Certificates.subject(certificate));
            }
            var policy = extension(certificate, Extension.policyConstraints.getId());
            if (i > 0
                    && policy.isPresent()
                    && PolicyConstraints.getInstance(policy.get()).getRequireExplicitPolicyMapping() != null) {
                return Optional.of(Certificates.subject(certificate) + " requires a certificate policy");
            }
            var given = i == 0 ? Optional.<byte[]>empty() : extension(certificate, Extension.nameConstraints.getId());
            if (given.isPresent()) {
                constrained = true;
                constrain(names, NameConstraints.getInstance(ASN1Sequence.getInstance(given.get())));
            }
        }
        return Optional.empty();
    }

    private static void constrain(PKIXNameConstraintValidator names, NameConstraints constraints) {
        var permitted = constraints.getPermittedSubtrees();
        var excluded = constraints.getExcludedSubtrees();
        if ((permitted == null ? 0 : permitted.length) + (excluded == null ? 0 : excluded.length) > MOST_SUBTREES) {
            throw new IllegalArgumentException("more constraints than anybody needs");
        }
        if (permitted != null) {
            names.intersectPermittedSubtree(permitted);
        }
        for (int i = 0; excluded != null && i < excluded.length; i++) {
            names.addExcludedSubtree(excluded[i]);
        }
    }

    private static boolean keeps(X509Certificate certificate, PKIXNameConstraintValidator names) {
        try {
            var subject =
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            if (subject.size() > 0) {
                names.checkPermittedDN(subject);
                names.checkExcludedDN(subject);
            }
            var alternatives = extension(certificate, Extension.subjectAlternativeName.getId());
            if (alternatives.isPresent()) {
                for (var name : GeneralNames.getInstance(alternatives.get()).getNames()) {
                    names.checkPermitted(name);
                    names.checkExcluded(name);
                }
            }
            return true;
        } catch (NameConstraintValidatorException e) {
            return false;
        }
    }

    private static Optional<byte[]> extension(X509Certificate certificate, String oid) {
        return Optional.ofNullable(certificate.getExtensionValue(oid))
                .map(value -> ASN1OctetString.getInstance(value).getOctets());
    }
}

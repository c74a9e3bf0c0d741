package org.yinzheng.signing.key;

import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.yinzheng.signing.key.SignatureScheme.Family;

/// What a public key is: its kind, or the name of its curve, and its length.
///
/// @param name `RSA`, `DSA`, `P-256`, `brainpoolP256r1`, `SM2`, `Ed25519` …
/// @param bits of the modulus (RSA, DSA) or of the curve's order
public record KeyStrength(String name, int bits) {
    /// Beyond this nobody makes keys, and computing with them takes long.
    private static final int LONGEST = 16_384;

    private static final Map<String, String> SHORT = Map.of(
            "secp224r1", "P-224",
            "secp256r1", "P-256",
            "prime256v1", "P-256",
            "secp384r1", "P-384",
            "secp521r1", "P-521",
            "sm2p256v1", "SM2",
            "wapip192v1", "WAPI-192");

    /// Empty for a kind that we do not compute with: another algorithm, a curve without a name, a key of absurd length.
    public static Optional<KeyStrength> of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> within("RSA", rsa.getModulus().bitLength());
            case DSAPublicKey dsa
            when dsa.getParams() != null -> within("DSA", dsa.getParams().getP().bitLength());
            case ECPublicKey curve -> curve(curve);
            default ->
                switch (key.getAlgorithm()) {
                    case "Ed25519" -> Optional.of(new KeyStrength("Ed25519", 253));
                    case "Ed448" -> Optional.of(new KeyStrength("Ed448", 446));
                    case "EdDSA" -> edwards(key);
                    default -> Optional.empty();
                };
        };
    }

    /// Whether such a key signs with such a scheme. SM2 keys sign with SM2 only, and others never do.
    public boolean fits(Family family) {
        return switch (family) {
            case RSA, RSA_PSS -> name.equals("RSA");
            case DSA -> name.equals("DSA");
            case SM2 -> name.equals("SM2");
            case ED25519 -> name.equals("Ed25519");
            case ED448 -> name.equals("Ed448");
            case ECDSA -> !isOneOf("RSA", "DSA", "SM2", "Ed25519", "Ed448");
        };
    }

    /// Whether only its length tells its strength; a curve's name tells it.
    public boolean countsBits() {
        return isOneOf("RSA", "DSA");
    }

    private boolean isOneOf(String... names) {
        return java.util.List.of(names).contains(name);
    }

    private static Optional<KeyStrength> within(String name, int bits) {
        return bits > LONGEST ? Optional.empty() : Optional.of(new KeyStrength(name, bits));
    }

    /// By the identifier in the key: a curve that writes out its own parameters could be anybody's.
    private static Optional<KeyStrength> curve(ECPublicKey key) {
        var info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid)) {
            return Optional.empty();
        }
        var name = ECNamedCurveTable.getName(oid);
        return name == null
                ? Optional.empty()
                : Optional.of(new KeyStrength(
                        SHORT.getOrDefault(name, name),
                        key.getParams().getOrder().bitLength()));
    }

    private static Optional<KeyStrength> edwards(PublicKey key) {
        return switch (SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getAlgorithm()
                .getAlgorithm()
                .getId()) {
            case "1.3.101.112" -> Optional.of(new KeyStrength("Ed25519", 253));
            case "1.3.101.113" -> Optional.of(new KeyStrength("Ed448", 446));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return countsBits() ? name + " " + bits : name;
    }
}

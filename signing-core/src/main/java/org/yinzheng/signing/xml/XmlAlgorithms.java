package org.yinzheng.signing.xml;

import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SignatureScheme.Family;
import org.yinzheng.signing.key.Suite;

/// Between the URIs of XML signatures and our algorithms, and between their encodings of a value: XMLDSig has r‖s where
/// X.509 and CMS have DER (XMLDSig 1.1 §6.4.3). For SM2 that is what is seen in files, too.
final class XmlAlgorithms {
    /// The one pair of URIs for SM2 and SM3 that was seen whole: see docs/decisions/0031.
    static final String SM2_SM3 = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3";

    static final String SM3 = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3";
    /// Seen for the signature, in a namespace whose owner never defined it; the digest's name goes by analogy.
    static final String SM2_SM3_SEEN = Names.DS + "sm2-sm3";

    static final String SM3_SEEN = Names.DS + "sm3";

    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
    private static final String DSIG_11 = "http://www.w3.org/2009/xmldsig11#";
    private static final String ENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String SHA256 = ENC + "sha256";

    private static final Map<String, SignatureScheme> SIGNATURES = Map.ofEntries(
            of(Names.DS + "rsa-sha1", Family.RSA, "SHA-1"),
            of(MORE + "rsa-md5", Family.RSA, "MD5"),
            of(MORE + "rsa-ripemd160", Family.RSA, "RIPEMD160"),
            of(MORE + "rsa-sha224", Family.RSA, "SHA-224"),
            of(MORE + "rsa-sha256", Family.RSA, "SHA-256"),
            of(MORE + "rsa-sha384", Family.RSA, "SHA-384"),
            of(MORE + "rsa-sha512", Family.RSA, "SHA-512"),
            pss("sha1-rsa-MGF1", "SHA-1", 20),
            pss("sha224-rsa-MGF1", "SHA-224", 28),
            pss("sha256-rsa-MGF1", "SHA-256", 32),
            pss("sha384-rsa-MGF1", "SHA-384", 48),
            pss("sha512-rsa-MGF1", "SHA-512", 64),
            pss("sha3-256-rsa-MGF1", "SHA3-256", 32),
            pss("sha3-384-rsa-MGF1", "SHA3-384", 48),
            pss("sha3-512-rsa-MGF1", "SHA3-512", 64),
            of(Names.DS + "dsa-sha1", Family.DSA, "SHA-1"),
            of(DSIG_11 + "dsa-sha256", Family.DSA, "SHA-256"),
            of(MORE + "ecdsa-sha1", Family.ECDSA, "SHA-1"),
            of(MORE + "ecdsa-sha224", Family.ECDSA, "SHA-224"),
            of(MORE + "ecdsa-sha256", Family.ECDSA, "SHA-256"),
            of(MORE + "ecdsa-sha384", Family.ECDSA, "SHA-384"),
            of(MORE + "ecdsa-sha512", Family.ECDSA, "SHA-512"),
            of("http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-256", Family.ECDSA, "SHA3-256"),
            of("http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-384", Family.ECDSA, "SHA3-384"),
            of("http://www.w3.org/2021/04/xmldsig-more#ecdsa-sha3-512", Family.ECDSA, "SHA3-512"),
            of("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", Family.ED25519, "SHA-512"),
            of("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448", Family.ED448, "SHAKE256-512"),
            of(SM2_SM3, Family.SM2, "SM3"),
            of(SM2_SM3_SEEN, Family.SM2, "SM3"));
    private static final Map<String, String> DIGESTS = Map.ofEntries(
            Map.entry(MORE + "md5", "MD5"),
            Map.entry(Names.DS + "sha1", "SHA-1"),
            Map.entry(ENC + "ripemd160", "RIPEMD160"),
            Map.entry(MORE + "sha224", "SHA-224"),
            Map.entry(SHA256, "SHA-256"),
            Map.entry(MORE + "sha384", "SHA-384"),
            Map.entry(ENC + "sha512", "SHA-512"),
            Map.entry(MORE_2007 + "sha3-224", "SHA3-224"),
            Map.entry(MORE_2007 + "sha3-256", "SHA3-256"),
            Map.entry(MORE_2007 + "sha3-384", "SHA3-384"),
            Map.entry(MORE_2007 + "sha3-512", "SHA3-512"),
            Map.entry(SM3, "SM3"),
            Map.entry(SM3_SEEN, "SM3"));

    private XmlAlgorithms() {}

    private static Map.Entry<String, SignatureScheme> of(String uri, Family family, String digestName) {
        return Map.entry(uri, new SignatureScheme(family, digestName));
    }

    private static Map.Entry<String, SignatureScheme> pss(String name, String digestName, int saltLength) {
        return Map.entry(MORE_2007 + name, new SignatureScheme(Family.RSA_PSS, digestName, digestName, saltLength));
    }

    static String signatureUri(Suite suite) {
        return switch (suite) {
            case RSA_SHA256 -> MORE + "rsa-sha256";
            case ECDSA_P256_SHA256 -> MORE + "ecdsa-sha256";
            case SM2_SM3 -> SM2_SM3;
        };
    }

    static String digestUri(Suite suite) {
        return suite == Suite.SM2_SM3 ? SM3 : SHA256;
    }

    /// @param method a SignatureMethod
    static Optional<SignatureScheme> scheme(Element method) {
        var uri = method.getAttribute("Algorithm");
        return uri.equals(MORE_2007 + "rsa-pss") ? pss(method) : Optional.ofNullable(SIGNATURES.get(uri));
    }

    /// RFC 9231 §2.3.9: what is not given is SHA-256, the same for the mask, and a salt as long as the digest.
    private static Optional<SignatureScheme> pss(Element method) {
        var parameters = Dom.only(method, MORE_2007, "RSAPSSParams");
        var digest = parameters
                .flatMap(given -> Dom.only(given, Names.DS, "DigestMethod"))
                .map(one -> digestName(one.getAttribute("Algorithm")))
                .orElse(Optional.of("SHA-256"));
        var mask = parameters
                .flatMap(given -> Dom.only(given, MORE_2007, "MaskGenerationFunction"))
                .flatMap(given -> Dom.only(given, Names.DS, "DigestMethod"))
                .map(one -> digestName(one.getAttribute("Algorithm")))
                .orElse(digest);
        if (digest.isEmpty() || mask.isEmpty()) {
            return Optional.empty();
        }
        try {
            var salt = parameters
                    .flatMap(given -> Dom.only(given, MORE_2007, "SaltLength"))
                    .map(given -> Integer.parseInt(given.getTextContent().strip()))
                    .orElse(Cryptography.digest(digest.get()).getDigestLength());
            return SignatureScheme.pss(digest.get(), mask.get(), salt);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<String> digestName(String uri) {
        return Optional.ofNullable(DIGESTS.get(uri));
    }

    /// A message authentication code: whoever can check it can make it, so that it says nothing of a signer.
    static boolean isMac(String uri) {
        return uri.contains("hmac") || uri.contains("HMAC");
    }

    /// @return what XMLDSig has in SignatureValue
    static byte[] toXml(Suite suite, byte[] value) {
        return suite == Suite.RSA_SHA256 ? value : DsaValue.raw(value);
    }

    /// @return the encoding that [SignatureScheme#verify] takes; empty when the value is not two numbers of one length
    static Optional<byte[]> fromXml(SignatureScheme scheme, byte[] value) {
        return switch (scheme.family()) {
            case RSA, RSA_PSS, ED25519, ED448 -> Optional.of(value);
            case DSA, ECDSA, SM2 -> DsaValue.fromRaw(value);
        };
    }
}

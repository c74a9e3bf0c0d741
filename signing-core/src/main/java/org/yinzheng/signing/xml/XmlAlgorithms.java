package org.yinzheng.signing.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.SignatureScheme;
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
    private static final Map<String, SignatureScheme> SIGNATURES = Map.of(
            MORE + "rsa-sha256",
            SignatureScheme.RSA_SHA256,
            MORE + "rsa-sha384",
            SignatureScheme.RSA_SHA384,
            MORE + "rsa-sha512",
            SignatureScheme.RSA_SHA512,
            MORE + "ecdsa-sha256",
            SignatureScheme.ECDSA_SHA256,
            MORE + "ecdsa-sha384",
            SignatureScheme.ECDSA_SHA384,
            MORE + "ecdsa-sha512",
            SignatureScheme.ECDSA_SHA512,
            SM2_SM3,
            SignatureScheme.SM2_SM3,
            SM2_SM3_SEEN,
            SignatureScheme.SM2_SM3);
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final Map<String, String> DIGESTS = Map.of(
            SHA256,
            "SHA-256",
            MORE + "sha384",
            "SHA-384",
            "http://www.w3.org/2001/04/xmlenc#sha512",
            "SHA-512",
            SM3,
            "SM3",
            SM3_SEEN,
            "SM3");
    private static final List<Integer> FIELD_SIZES = List.of(32, 48, 66);

    private XmlAlgorithms() {}

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

    static Optional<SignatureScheme> scheme(String uri) {
        return Optional.ofNullable(SIGNATURES.get(uri));
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

    /// @return the encoding that [SignatureScheme#verify] takes; empty when the value is not r‖s of a known size
    static Optional<byte[]> fromXml(SignatureScheme scheme, byte[] value) {
        if (scheme.name().startsWith("RSA")) {
            return Optional.of(value);
        }
        return value.length % 2 == 0 && FIELD_SIZES.contains(value.length / 2)
                ? Optional.of(DsaValue.der(value))
                : Optional.empty();
    }
}

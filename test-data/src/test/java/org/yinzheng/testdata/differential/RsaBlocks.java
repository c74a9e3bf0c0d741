package org.yinzheng.testdata.differential;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Collection;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.yinzheng.signing.DocumentBytes;

/// What RSA values of a CMS have inside.
final class RsaBlocks {
    /// DigestInfo of SHA-256 whose algorithm has no parameters.
    private static final String WITHOUT_NULL = "302f300b0609608648016503040201" + "0420";

    private RsaBlocks() {}

    static boolean anyWithoutNull(DocumentBytes cms) {
        try {
            var data = new CMSSignedData(cms.toByteArray());
            var certificates = data.getCertificates().getMatches(null);
            return data.getSignerInfos().getSigners().stream()
                    .anyMatch(signer -> block(signer, certificates).contains(WITHOUT_NULL));
        } catch (CMSException e) {
            return false;
        }
    }

    private static String block(SignerInformation signer, Collection<X509CertificateHolder> certificates) {
        return certificates.stream()
                .filter(signer.getSID()::match)
                .map(X509CertificateHolder::getSubjectPublicKeyInfo)
                .filter(info -> info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption))
                .map(RsaBlocks::key)
                .map(key -> new BigInteger(1, signer.getSignature()).modPow(key.getPublicExponent(), key.getModulus()))
                .map(block -> block.toString(16))
                .findFirst()
                .orElse("");
    }

    private static RSAPublicKey key(SubjectPublicKeyInfo info) {
        try {
            return RSAPublicKey.getInstance(info.parsePublicKey());
        } catch (IOException e) {
            throw new IllegalStateException("a certificate whose key is none", e);
        }
    }
}

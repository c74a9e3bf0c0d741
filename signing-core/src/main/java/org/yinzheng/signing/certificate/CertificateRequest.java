package org.yinzheng.signing.certificate;

import java.io.IOException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SigningKey;

/// A request that a certification authority (电子认证服务机构) turns into a certificate.
public final class CertificateRequest {
    private CertificateRequest() {}

    /// PKCS #10 (RFC 2986), DER, signed by the key it is about.
    ///
    /// @param subjectDn as RFC 4514, such as `CN=某某市市场监督管理局,O=某某市市场监督管理局,C=CN`
    /// @throws InvalidInput `subject-name`
    public static byte[] pkcs10Der(SigningKey key, String subjectDn) {
        var info = SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded());
        var request = new PKCS10CertificationRequestBuilder(name(subjectDn), info).build(new KeyContentSigner(key));
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    /// The same as PEM.
    public static String pem(byte[] pkcs10Der) {
        return Certificates.pem("CERTIFICATE REQUEST", pkcs10Der);
    }

    static X500Name name(String subjectDn) {
        try {
            return new X500Name(BCStyle.INSTANCE, subjectDn);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("subject-name", "", "a subject is written as CN=…,O=…,C=CN");
        }
    }
}

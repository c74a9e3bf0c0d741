package org.yinzheng.signing.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SimpleAttributeTableGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Signer;

/// A CMS as Bouncy Castle writes it for programs that ask for nothing in particular: no signing-certificate attribute.
final class BouncyCms {
    static final byte[] INTEGER = {2, 4, 1, 2, 3, 4};

    private BouncyCms() {}

    static byte[] of(Signer signer, byte[] content, boolean enclosed) {
        try {
            var certificate = new X509CertificateHolder(Certificates.der(signer.certificate()));
            var info = new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                    .setUnsignedAttributeGenerator(new SimpleAttributeTableGenerator(unsigned()))
                    .build(key(signer), certificate);
            var generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(info);
            for (var one : signer.chain()) {
                generator.addCertificate(new X509CertificateHolder(Certificates.der(one)));
            }
            return generator
                    .generate(new CMSProcessableByteArray(content), enclosed)
                    .getEncoded("DER");
        } catch (CMSException | IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /// Something that nobody asks for, with [#INTEGER] in it.
    private static AttributeTable unsigned() {
        var values = new DERSet(new DERSequence(new ASN1Integer(0x01020304)));
        return new AttributeTable(new Attribute(PKCSObjectIdentifiers.id_aa_ets_revocationValues, values));
    }

    /// Another element among the certificates that is none.
    static byte[] withUnreadableCertificate(byte[] cms) {
        var data = SignedData.getInstance(ContentInfo.getInstance(cms).getContent());
        var certificates = new ASN1EncodableVector();
        certificates.add(new DERSequence(new ASN1Integer(1)));
        data.getCertificates().forEach(certificates::add);
        var changed = new SignedData(
                data.getDigestAlgorithms(),
                data.getEncapContentInfo(),
                new DERSet(certificates),
                null,
                data.getSignerInfos());
        try {
            return new ContentInfo(ContentInfo.getInstance(cms).getContentType(), changed).getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ContentSigner key(Signer signer) {
        var message = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
            }

            @Override
            public OutputStream getOutputStream() {
                return message;
            }

            @Override
            public byte[] getSignature() {
                return signer.key().sign(message.toByteArray());
            }
        };
    }
}

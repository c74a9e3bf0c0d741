package org.yinzheng.signing.seal;

import java.io.IOException;
import java.time.Duration;
import java.util.Date;
import java.util.Locale;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1Boolean;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1Encodable;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1GeneralizedTime;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1Integer;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.yinzheng.shaded.bouncycastle.asn1.ASN1UTCTime;
import org.yinzheng.shaded.bouncycastle.asn1.DERBitString;
import org.yinzheng.shaded.bouncycastle.asn1.DERIA5String;
import org.yinzheng.shaded.bouncycastle.asn1.DEROctetString;
import org.yinzheng.shaded.bouncycastle.asn1.DERPrintableString;
import org.yinzheng.shaded.bouncycastle.asn1.DERSequence;
import org.yinzheng.shaded.bouncycastle.asn1.DERUTF8String;
import org.yinzheng.shaded.ofdrw.gm.ses.v1.ExtData;
import org.yinzheng.shaded.ofdrw.gm.ses.v1.ExtensionDatas;
import org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_ESPictrueInfo;
import org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_Header;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.CertDigestList;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.CertDigestObj;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.CertInfoList;
import org.yinzheng.shaded.ofdrw.gm.ses.v4.SES_CertList;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;

/// Seals and stamps encoded by OFDRW's own classes, of every version it knows. Its release 2.3.1 has no classes
/// for V5: those of V4 with the other version number stand for them, and the fifth element is put on by hand.
public final class OfdrwSeals {
    private OfdrwSeals() {}

    public static DocumentBytes sealV1(Signer maker, Signer signer, String algorithm) {
        var property = new org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_ESPropertyInfo(
                new ASN1Integer(1),
                new DERUTF8String("测试市公安局"),
                new DERSequence(new DEROctetString(der(signer))),
                new ASN1UTCTime(date(-10), Locale.ROOT),
                new ASN1UTCTime(date(-10), Locale.ROOT),
                new ASN1UTCTime(date(300), Locale.ROOT));
        var info = new org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_SealInfo()
                .setHeader(header(1))
                .setEsID("35020000000001")
                .setProperty(property)
                .setPicture(picture());
        var certificate = new DEROctetString(der(maker));
        var oid = new ASN1ObjectIdentifier(algorithm);
        var value = maker.key().sign(der(new DERSequence(new ASN1Encodable[] {info, certificate, oid})));
        var proof = new org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_SignInfo(certificate, oid, new DERBitString(value));
        return DocumentBytes.of(der(new org.yinzheng.shaded.ofdrw.gm.ses.v1.SESeal(info, proof)));
    }

    public static DocumentBytes stampV1(
            DocumentBytes seal, Signer signer, String algorithm, byte[] time, byte[] hash, String path) {
        var toSign = new org.yinzheng.shaded.ofdrw.gm.ses.v1.TBS_Sign(
                new ASN1Integer(1),
                org.yinzheng.shaded.ofdrw.gm.ses.v1.SESeal.getInstance(seal.toByteArray()),
                new DERBitString(time),
                new DERBitString(hash),
                new DERIA5String(path),
                new DEROctetString(der(signer)),
                new ASN1ObjectIdentifier(algorithm));
        var value = signer.key().sign(der(toSign));
        return DocumentBytes.of(
                der(new org.yinzheng.shaded.ofdrw.gm.ses.v1.SES_Signature(toSign, new DERBitString(value))));
    }

    /// @param version 4 or 5
    public static DocumentBytes seal(int version, Signer maker, Signer signer, boolean digests) {
        var list = digests
                ? new SES_CertList(new CertDigestList(new CertDigestObj[] {
                    new CertDigestObj(new DERPrintableString("SM3"), new DEROctetString(Cryptography.sm3(der(signer))))
                }))
                : new SES_CertList(new CertInfoList().add(new DEROctetString(der(signer))));
        var property = new org.yinzheng.shaded.ofdrw.gm.ses.v4.SES_ESPropertyInfo(
                new ASN1Integer(1),
                new DERUTF8String("测试市公安局"),
                new ASN1Integer(digests ? 2 : 1),
                list,
                new ASN1GeneralizedTime(date(-10), Locale.ROOT),
                new ASN1GeneralizedTime(date(-10), Locale.ROOT),
                new ASN1GeneralizedTime(date(300), Locale.ROOT));
        var extensions = new ExtensionDatas()
                .add(new ExtData(
                        new ASN1ObjectIdentifier("1.2.156.1"), ASN1Boolean.FALSE, new DEROctetString(new byte[3])));
        var info = new org.yinzheng.shaded.ofdrw.gm.ses.v4.SES_SealInfo(
                header(version), new DERIA5String("35020000000001"), property, picture(), extensions);
        return DocumentBytes.of(der(new org.yinzheng.shaded.ofdrw.gm.ses.v4.SESeal(
                info,
                new DEROctetString(der(maker)),
                sm2(),
                new DERBitString(maker.key().sign(der(info))))));
    }

    static DocumentBytes stamp(int version, DocumentBytes seal, Signer signer, byte[] hash, String path) {
        var toSign = new org.yinzheng.shaded.ofdrw.gm.ses.v4.TBS_Sign()
                .setVersion(new ASN1Integer(version))
                .setEseal(org.yinzheng.shaded.ofdrw.gm.ses.v4.SESeal.getInstance(seal.toByteArray()))
                .setTimeInfo(new ASN1GeneralizedTime(date(0), Locale.ROOT))
                .setDataHash(new DERBitString(hash))
                .setPropertyInfo(new DERIA5String(path));
        return DocumentBytes.of(der(new org.yinzheng.shaded.ofdrw.gm.ses.v4.SES_Signature()
                .setToSign(toSign)
                .setCert(new DEROctetString(der(signer)))
                .setSignatureAlgID(sm2())
                .setSignature(new DERBitString(signer.key().sign(der(toSign))))));
    }

    private static SES_Header header(int version) {
        return new SES_Header(new ASN1Integer(version), new DERIA5String("OFDRW"));
    }

    private static SES_ESPictrueInfo picture() {
        return new SES_ESPictrueInfo(
                new DERIA5String("PNG"),
                new DEROctetString(SealParties.PICTURE.png().toByteArray()),
                new ASN1Integer(42),
                new ASN1Integer(42));
    }

    private static ASN1ObjectIdentifier sm2() {
        return new ASN1ObjectIdentifier("1.2.156.10197.1.501");
    }

    private static Date date(int days) {
        return Date.from(SealParties.NOW.plus(Duration.ofDays(days)));
    }

    private static byte[] der(Signer signer) {
        return Certificates.der(signer.certificate());
    }

    private static byte[] der(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package org.yinzheng.testdata.corpus.pdf;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.time.TimestampAuthority;

/// A timestamp token (RFC 3161) of parts, each of which can be what it must not be.
public final class HandmadeToken {
    private HandmadeToken() {}

    public static byte[] of(CmsParts parts, byte[] over, Instant at) {
        return of(parts, parts.digest, over, at);
    }

    /// @param imprint the digest of what is stamped
    public static byte[] of(CmsParts parts, String imprint, byte[] over, Instant at) {
        var info = new TSTInfo(
                new ASN1ObjectIdentifier(TimestampAuthority.DEMONSTRATION_POLICY),
                new MessageImprint(
                        CmsParts.digestAlgorithm(imprint),
                        Cryptography.digest(imprint).digest(over)),
                new ASN1Integer(BigInteger.valueOf(4711)),
                new ASN1GeneralizedTime(Date.from(at)),
                null,
                null,
                null,
                null,
                null);
        parts.contentType = PKCSObjectIdentifiers.id_ct_TSTInfo;
        parts.announcedType = PKCSObjectIdentifiers.id_ct_TSTInfo;
        parts.version = 3;
        try {
            var content = info.getEncoded("DER");
            parts.enclosed = Optional.of(content);
            return parts.over(content);
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}

package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfName;
import java.util.Optional;
import java.util.function.Function;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;

/// Our own CMS: iText knows no SM2.
///
/// @param timestamps asked with the digest of the signature's value, when the level wants it
record CmsValue(CmsWriter writer, Suite suite, Optional<Function<byte[], Optional<DocumentBytes>>> timestamps)
        implements SignatureValue {
    /// An RFC 3161 token with its authority's certificates is 3 to 6 kB.
    static final int LONGEST_TOKEN = 6 << 10;

    @Override
    public String digestName() {
        return suite.digestName();
    }

    @Override
    public int longest() {
        return writer.longest() + (timestamps.isPresent() ? LONGEST_TOKEN : 0);
    }

    @Override
    public byte[] of(byte[] digest) {
        return writer.sign(
                digest,
                value -> timestamps.flatMap(source ->
                        source.apply(Cryptography.digest(suite.digestName()).digest(value))));
    }

    @Override
    public PdfName filter() {
        return PdfName.Adobe_PPKLite;
    }

    @Override
    public PdfName subFilter() {
        return suite == Suite.SM2_SM3 ? PdfName.Adbe_pkcs7_detached : PdfName.ETSI_CAdES_DETACHED;
    }
}

package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.signatures.IExternalSignatureContainer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;

/// Puts our own CMS into the place that iText keeps free: iText knows no SM2.
final class CmsContainer implements IExternalSignatureContainer {
    private final CmsWriter writer;
    private final Suite suite;

    CmsContainer(CmsWriter writer, Suite suite) {
        this.writer = writer;
        this.suite = suite;
    }

    @Override
    public byte[] sign(InputStream signedBytes) {
        var digest = Cryptography.digest(suite.digestName());
        var buffer = new byte[1 << 16];
        try {
            // A plain loop: in iText 9.5 readAllBytes() of this stream gives other bytes.
            for (int count = signedBytes.read(buffer); count > 0; count = signedBytes.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("iText reads its own memory", e);
        }
        return writer.sign(digest.digest());
    }

    @Override
    public void modifySigningDictionary(PdfDictionary dictionary) {
        dictionary.put(PdfName.Filter, PdfName.Adobe_PPKLite);
        dictionary.put(
                PdfName.SubFilter, suite == Suite.SM2_SM3 ? PdfName.Adbe_pkcs7_detached : PdfName.ETSI_CAdES_DETACHED);
    }
}

package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.Suite;

/// A document timestamp (ISO 32000-2 §12.8.5): a token over the document in place of a signature.
record TokenValue(Timestamping timestamps, Suite suite) implements SignatureValue {
    private static final PdfName DOC_TIME_STAMP = new PdfName("DocTimeStamp");

    @Override
    public String digestName() {
        return suite.digestName();
    }

    @Override
    public int longest() {
        return CmsValue.LONGEST_TOKEN;
    }

    @Override
    public byte[] of(byte[] digest) {
        return timestamps
                .over(digest, suite)
                .orElseThrow(() -> new Failure.NotDone("the timestamp authority is away", null))
                .toByteArray();
    }

    @Override
    public PdfName filter() {
        return PdfName.Adobe_PPKLite;
    }

    @Override
    public PdfName subFilter() {
        return PdfName.ETSI_RFC3161;
    }

    @Override
    public PdfDictionary dictionary() {
        var dictionary = SignatureValue.super.dictionary();
        dictionary.put(PdfName.Type, DOC_TIME_STAMP);
        return dictionary;
    }
}

package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;

/// What is put into a signature dictionary's /Contents.
interface SignatureValue {
    /// As in [org.yinzheng.signing.key.Suite#digestName()].
    String digestName();

    /// Enough for every value of this kind, as far as can be told before it was made.
    int longest();

    /// @param digest of the bytes that the signature covers
    byte[] of(byte[] digest);

    PdfName filter();

    PdfName subFilter();

    /// The beginning of a signature dictionary.
    default PdfDictionary dictionary() {
        var dictionary = new PdfDictionary();
        dictionary.put(PdfName.Type, PdfName.Sig);
        dictionary.put(PdfName.Filter, filter());
        dictionary.put(PdfName.SubFilter, subFilter());
        return dictionary;
    }
}

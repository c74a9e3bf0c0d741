/// PDFs that nobody tampered with, as many kinds as there are: a verifier that refuses one of them sends somebody home
/// who was in the right. Start with [PdfValid].
package org.yinzheng.testdata.corpus.pdf.valid;

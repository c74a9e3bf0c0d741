/// Bytes in, signed bytes or a verdict out. No database, no HTTP, no PIN; no type of a library (Bouncy
/// Castle, PDFBox, iText,
/// OFDRW) appears in a public signature. Start with `pdf.PdfStamper` to see a document signed, and with
/// `verification.DocumentVerifier` to see one judged.
package org.yinzheng.signing;

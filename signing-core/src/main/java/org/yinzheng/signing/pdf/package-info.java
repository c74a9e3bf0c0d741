/// PDF: stamping (iText writes) and judging (PDFBox reads, and our own checks on the bytes). What one library
/// made, the other judges.
/// Start with [PdfStamper] to see a document signed, with [PdfVerifier] to see one judged.
package org.yinzheng.signing.pdf;

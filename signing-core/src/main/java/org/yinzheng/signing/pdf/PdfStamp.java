package org.yinzheng.signing.pdf;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.SealPicture;

/// One signature to be put on a PDF.
///
/// @param field the signature field's name, unique in the document, such as `authority-rsa`
/// @param at the signing time that is claimed; seconds count
/// @param reason shown by PDF readers; may be empty
/// @param appearance where the seal is drawn; a signature without one is invisible
public record PdfStamp(String field, Signer signer, Instant at, String reason, Optional<Appearance> appearance) {
    /// @param page from 1
    /// @param area millimetres from the page's top left corner; the picture fills it
    public record Appearance(int page, Page.Area area, SealPicture picture) {}
}

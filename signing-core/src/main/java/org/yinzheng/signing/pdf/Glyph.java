package org.yinzheng.signing.pdf;

import org.yinzheng.signing.layout.Page;

/// A character, or a ligature of several, where it is shown.
///
/// @param size of the type, in millimetres
record Glyph(String text, Page.Area area, double size) {}

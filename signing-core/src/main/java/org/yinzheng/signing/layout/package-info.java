/// From a template and a licence's values to one page, laid out to the last glyph ([Page]), and the type it is
/// set in. Draws nothing itself: the PDF and the OFD writer both draw the same page. Start with [Layout].
package org.yinzheng.signing.layout;

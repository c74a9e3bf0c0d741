/// Reads outlines out of OpenType collections and writes small TrueType fonts with just the glyphs that one
/// document needs. Knows nothing of pages or templates. Start with [FontFile] for reading and
/// [TrueTypeWriter] for writing.
package org.yinzheng.signing.font;

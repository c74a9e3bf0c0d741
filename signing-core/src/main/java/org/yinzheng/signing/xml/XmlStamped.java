package org.yinzheng.signing.xml;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;

/// A signed XML document. Its bytes are those that were given, with one element inserted before the root's end.
public record XmlStamped(DocumentBytes document, Level reached, List<Warning> warnings) {
    public XmlStamped {
        warnings = List.copyOf(warnings);
    }
}

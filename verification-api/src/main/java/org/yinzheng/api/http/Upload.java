package org.yinzheng.api.http;

import org.yinzheng.signing.DocumentBytes;

/// A file that was sent. It lies in memory for as long as its request lives, and nowhere else.
///
/// @param name the last part of the name that the sender gave it; may be anything, also a person's name
public record Upload(String name, DocumentBytes bytes) {
    private static final int LONGEST = 200;

    static String cleaned(String sent) {
        var last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        var printable = last.replaceAll("\\p{Cntrl}|\\p{Cf}", "").strip();
        if (printable.isEmpty()) {
            return "document";
        }
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
    }

    @Override
    public String toString() {
        return "Upload[" + bytes.size() + " bytes]";
    }
}

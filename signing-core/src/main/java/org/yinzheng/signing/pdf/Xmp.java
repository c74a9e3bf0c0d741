package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.yinzheng.signing.layout.DocumentInfo;

/// The XMP packet (ISO 16684-1): title, language, times, and the licence's metadata under the short names of
/// GB/T 36903.
final class Xmp {
    private Xmp() {}

    static byte[] write(DocumentInfo info) {
        var time = info.madeAt().truncatedTo(ChronoUnit.SECONDS);
        var packet = new StringBuilder("""
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/">
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
                 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
                 xmlns:yz="urn:yinzheng:licence:1">
                <dc:format>application/pdf</dc:format>
                <dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
                """);
        packet.append("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">").append(escape(info.title()));
        packet.append("</rdf:li></rdf:Alt></dc:title>\n");
        element(packet, "xmp:CreateDate", time.toString());
        element(packet, "xmp:ModifyDate", time.toString());
        element(packet, "xmp:CreatorTool", "Yinzheng 印证");
        element(packet, "yz:YinzhengLicenceId", info.licenceId());
        info.metadata().forEach((key, value) -> {
            if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("metadata keys are short names of letters, digits and _");
            }
            element(packet, "yz:" + key, value);
        });
        packet.append("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
        return packet.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void element(StringBuilder packet, String name, String text) {
        packet.append('<').append(name).append('>').append(escape(text));
        packet.append("</").append(name).append(">\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

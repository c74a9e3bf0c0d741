package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yinzheng.signing.key.Suite;

/// The XML around a stamp: its description, its entry in the list, and the list's name in OFD.xml. Files that
/// are there already are changed in one place, and every other byte of them stays as it was.
final class SignatureXml {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern END_OF_BODY = Pattern.compile("</((?:\\w+:)?)DocBody\\s*>");
    private static final Pattern END_OF_LIST = Pattern.compile("</((?:\\w+:)?)Signatures\\s*>");
    private static final Pattern MAX_ID = Pattern.compile("(<(?:\\w+:)?MaxSignId\\s*>)[^<]*");

    private SignatureXml() {}

    /// @throws org.yinzheng.signing.InvalidInput `xml`
    static byte[] entryWithList(byte[] entry, String list) {
        var xml = new String(entry, StandardCharsets.UTF_8);
        var end = END_OF_BODY.matcher(xml);
        if (!end.find()) {
            throw XmlTree.broken("does not end its document where expected");
        }
        var tag = end.group(1) + "Signatures";
        var bytes = insert(xml, end.start(), "<" + tag + ">/" + list + "</" + tag + ">");
        var bodies = XmlTree.parse(bytes).all("DocBody").toList();
        if (bodies.isEmpty()
                || !bodies.stream().allMatch(body -> body.one("Signatures").isPresent())) {
            throw XmlTree.broken("does not take the list of signatures");
        }
        return bytes;
    }

    static byte[] newList(String id, String path) {
        return XmlText.root("Signatures")
                .leaf("MaxSignId", id)
                .empty("Signature", "ID", id, "Type", "Seal", "BaseLoc", "/" + path)
                .bytes();
    }

    /// @throws org.yinzheng.signing.InvalidInput `xml`
    static byte[] listWith(byte[] list, String id, String path) {
        var xml = new String(list, StandardCharsets.UTF_8);
        int before = (int) XmlTree.parse(list).all("Signature").count();
        xml = MAX_ID.matcher(xml).replaceFirst("$1" + Matcher.quoteReplacement(id));
        var end = END_OF_LIST.matcher(xml);
        if (!end.find()) {
            throw XmlTree.broken("does not end the list of signatures where expected");
        }
        var signature = "<" + end.group(1) + "Signature ID=\"" + id + "\" Type=\"Seal\" BaseLoc=\"/" + path + "\"/>";
        var bytes = insert(xml, end.start(), signature);
        var after = XmlTree.parse(bytes).all("Signature").toList();
        if (after.size() != before + 1
                || !after.getLast().attribute("BaseLoc").orElse("").equals("/" + path)) {
            throw XmlTree.broken("does not take another signature");
        }
        return bytes;
    }

    /// @param files and their SM3 digests
    static byte[] description(Map<String, byte[]> files, String folder, List<SealMark> marks, Instant at) {
        var xml = XmlText.root("Signature").open("SignedInfo");
        xml.empty("Provider", "ProviderName", "Yinzheng", "Version", "1.0", "Company", "Yinzheng");
        xml.leaf("SignatureMethod", Suite.SM2_SM3.oid());
        xml.leaf("SignatureDateTime", TIME.format(at));
        xml.open("References", "CheckMethod", Digests.SM3_OID);
        files.forEach((name, digest) -> xml.open("Reference", "FileRef", "/" + name)
                .leaf("CheckValue", Base64.getEncoder().encodeToString(digest))
                .close());
        xml.close();
        int number = 0;
        for (var mark : marks) {
            stampAnnot(xml, Integer.toString(++number), mark);
        }
        xml.open("Seal").leaf("BaseLoc", "/" + folder + "/Seal.esl").close().close();
        return xml.leaf("SignedValue", "/" + folder + "/SignedValue.dat").bytes();
    }

    private static void stampAnnot(XmlText xml, String id, SealMark mark) {
        var area = mark.seal();
        var boundary = XmlText.numbers(area.x(), area.y(), area.width(), area.height());
        if (mark.clip().isEmpty()) {
            xml.empty("StampAnnot", "ID", id, "PageRef", mark.sheet().id(), "Boundary", boundary);
        } else {
            var part = mark.clip().get();
            var clip = XmlText.numbers(part.x(), part.y(), part.width(), part.height());
            xml.empty("StampAnnot", "ID", id, "PageRef", mark.sheet().id(), "Boundary", boundary, "Clip", clip);
        }
    }

    private static byte[] insert(String xml, int at, String added) {
        return (xml.substring(0, at) + added + xml.substring(at)).getBytes(StandardCharsets.UTF_8);
    }
}

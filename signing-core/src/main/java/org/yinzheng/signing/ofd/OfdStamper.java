package org.yinzheng.signing.ofd;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.StampMaker;

/// Stamps an OFD with a GB/T 38540 seal (GB/T 33190 §18). The stamp covers every file of the package, the list
/// of signatures and the seal's copy included, so that nothing can be added or exchanged afterwards: see
/// `docs/decisions/0004-one-stamp-closes-an-ofd.md`.
public final class OfdStamper {
    static final String SM3_OID = "1.2.156.10197.1.401";

    private static final String STAMP_ID = "s001";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern END_OF_BODY = Pattern.compile("</(?:\\w+:)?DocBody\\s*>");

    /// @param area where the seal's picture goes on the first page
    /// @throws InvalidInput `ofd-package`, `xml` when `ofd` is no OFD of one document, `already-signed` when it
    /// bears a signature, and what [StampMaker#stamp] refuses
    public DocumentBytes stamp(DocumentBytes ofd, Seal seal, Signer signer, Page.Area area, Instant at) {
        var original = ZipReader.read(ofd.toByteArray());
        var document = Document.read(original);
        var signs = document.folder().isEmpty() ? "Signs" : document.folder() + "/Signs";
        var list = signs + "/Signatures.xml";
        var folder = signs + "/Sign_0";

        // The entry names the list before it is digested: it is written once and never touched again.
        var parts = new ArrayList<Part>();
        for (var part : original.parts()) {
            parts.add(part.name.equals(OfdPackage.ENTRY) ? Part.of(part.name, withList(part, list)) : part);
        }
        parts.add(Part.of(list, list(folder)));
        parts.add(Part.of(folder + "/Seal.esl", seal.der().toByteArray()));
        var path = folder + "/Signature.xml";
        var description = describe(parts, folder, document.firstPageId(), area, at);
        var value = StampMaker.stamp(seal, signer, at, description, "/" + path);
        parts.add(Part.of(path, description));
        parts.add(Part.of(folder + "/SignedValue.dat", value.toByteArray()));
        return ZipWriter.write(OfdPackage.of(parts).parts(), at);
    }

    /// What stamping needs to know of a document.
    private record Document(String folder, String firstPageId) {
        static Document read(OfdPackage ofd) {
            var bodies = xml(ofd, OfdPackage.ENTRY).all("DocBody").toList();
            if (bodies.size() != 1) {
                throw XmlTree.broken("has " + bodies.size() + " documents where one can be stamped");
            }
            if (bodies.getFirst().one("Signatures").isPresent()) {
                throw new InvalidInput("already-signed", "", "the document bears a signature already");
            }
            var location = bodies.getFirst().required("DocRoot").text();
            var path = OfdPackage.resolve("", location).orElseThrow(() -> OfdPackage.broken("a path leads outside"));
            var page = xml(ofd, path)
                    .required("Pages")
                    .all("Page")
                    .findFirst()
                    .flatMap(first -> first.attribute("ID"))
                    .orElseThrow(() -> XmlTree.broken("names no page"));
            return new Document(OfdPackage.folder(path), page);
        }
    }

    private static XmlTree xml(OfdPackage ofd, String path) {
        return XmlTree.parse(ofd.content(path).orElseThrow(() -> OfdPackage.broken("a file is missing")));
    }

    /// Puts the list's path into OFD.xml and leaves every other byte as it was.
    private static byte[] withList(Part entry, String list) {
        var xml = new String(entry.content().orElseThrow(), StandardCharsets.UTF_8);
        var end = END_OF_BODY.matcher(xml);
        if (!end.find()) {
            throw XmlTree.broken("does not end its document where expected");
        }
        var element = end.group().replaceAll("\\s", "").replace("DocBody", "Signatures");
        var added = element.replace("</", "<") + "/" + list + element;
        var bytes =
                (xml.substring(0, end.start()) + added + xml.substring(end.start())).getBytes(StandardCharsets.UTF_8);
        boolean stands = XmlTree.parse(bytes).all("DocBody").allMatch(body -> body.one("Signatures")
                .isPresent());
        if (!stands) {
            throw XmlTree.broken("does not take the list of signatures");
        }
        return bytes;
    }

    private static byte[] list(String folder) {
        return XmlText.root("Signatures")
                .leaf("MaxSignId", STAMP_ID)
                .empty("Signature", "ID", STAMP_ID, "Type", "Seal", "BaseLoc", "/" + folder + "/Signature.xml")
                .bytes();
    }

    private static byte[] describe(List<Part> parts, String folder, String pageId, Page.Area area, Instant at) {
        var xml = XmlText.root("Signature").open("SignedInfo");
        xml.empty("Provider", "ProviderName", "Yinzheng", "Version", "1.0", "Company", "Yinzheng");
        xml.leaf("SignatureMethod", Suite.SM2_SM3.oid());
        xml.leaf("SignatureDateTime", TIME.format(at));
        xml.open("References", "CheckMethod", SM3_OID);
        for (var part : parts) {
            var content = part.content().orElseThrow(() -> OfdPackage.broken("a file cannot be unpacked"));
            xml.open("Reference", "FileRef", "/" + part.name)
                    .leaf("CheckValue", Base64.getEncoder().encodeToString(Cryptography.sm3(content)))
                    .close();
        }
        xml.close();
        xml.empty(
                "StampAnnot",
                "ID",
                "1",
                "PageRef",
                pageId,
                "Boundary",
                XmlText.numbers(area.x(), area.y(), area.width(), area.height()));
        xml.open("Seal").leaf("BaseLoc", "/" + folder + "/Seal.esl").close().close();
        return xml.leaf("SignedValue", "/" + folder + "/SignedValue.dat").bytes();
    }
}

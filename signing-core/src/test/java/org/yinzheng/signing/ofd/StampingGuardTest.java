package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// What a stamper must not vouch for, or fall over.
class StampingGuardTest {
    @Test
    void attachment_isRefused_unlessAccepted() {
        needsAcceptance(
                OfdSamples.pages(1)
                        .put("Doc_0/note.xml", bytes("<note/>"))
                        .put(
                                "Doc_0/Attachments.xml",
                                bytes("<ofd:Attachments xmlns:ofd=\"http://www.ofdspec.org/2016\">"
                                        + "<ofd:Attachment ID=\"1\" Name=\"n\" Visible=\"false\">"
                                        + "<ofd:FileLoc>note.xml</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"))
                        .edit(
                                "Doc_0/Document.xml",
                                xml -> xml.replace(
                                        "</ofd:Document>",
                                        "<ofd:Attachments>Attachments.xml</ofd:Attachments></ofd:Document>")),
                Warning.Kind.EMBEDDED_FILE);
    }

    @Test
    void actionsThatLeadOutOrRun_areRefused_unlessAccepted() {
        needsAcceptance(withAction("<ofd:URI URI=\"http://example.org\"/>"), Warning.Kind.EXTERNAL_REFERENCE);
        needsAcceptance(withAction("<ofd:GotoA AttachID=\"1\"/>"), Warning.Kind.ACTIVE_CONTENT);
        needsAcceptance(withAction("<ofd:Movie ResourceID=\"1\"/>"), Warning.Kind.ACTIVE_CONTENT);
        assertThat(stamp(withAction("<ofd:Goto/>").done(), Set.of()).warnings()).isEmpty();
    }

    @Test
    void objectThatIsNotShown_isRefused_unlessAccepted() {
        needsAcceptance(
                OfdSamples.pages(1)
                        .edit(
                                Tampering.CONTENT,
                                xml -> xml.replaceFirst("<ofd:TextObject", "<ofd:TextObject Visible=\"false\"")),
                Warning.Kind.HIDDEN_LAYER);
    }

    @Test
    void zipTricks_areRefused() throws IOException {
        var names = new java.util.ArrayList<String>();
        for (var extra : List.of("../x", "Doc_0/../../x", "/x", "ofd.XML", "..\\x", "C:x")) {
            names.add(extra);
            refused(zip(extra, "x"), "ofd-package");
        }
        assertThat(names).hasSize(6);
    }

    @Test
    void zipOfTwoFilesWithOneName_isRefused() throws IOException {
        var twice = new String(zip("OFD.xmm", "<b/>").toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("OFD.xmm", "OFD.xml")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(DocumentBytes.of(twice), "ofd-package");
    }

    @Test
    void zipBomb_isRefused() throws IOException {
        refused(zip("bomb.xml", " ".repeat(8 << 20)), "ofd-limits");
    }

    @Test
    void locationsThatLeadOutside_areRefused() {
        refused(
                OfdSamples.pages(1)
                        .edit("Doc_0/Document.xml", xml -> xml.replace("Pages/Page_0/Content.xml", "../../etc/passwd"))
                        .done(),
                "ofd-package");
    }

    @Test
    void ofdOfNoPage_isRefused() {
        refused(
                OfdSamples.pages(1)
                        .edit("Doc_0/Document.xml", xml -> xml.replaceFirst("<ofd:Page [^>]*/>", ""))
                        .done(),
                "xml");
    }

    @Test
    void ofdOfTwoDocuments_isRefused() {
        refused(
                OfdSamples.pages(1)
                        .edit(OfdPackage.ENTRY, xml -> xml.replaceFirst("(<ofd:DocBody>.*</ofd:DocBody>)", "$1$1"))
                        .done(),
                "xml");
    }

    private static Tampering withAction(String action) {
        return OfdSamples.pages(1)
                .edit(
                        "Doc_0/Document.xml",
                        xml -> xml.replace(
                                "</ofd:Document>",
                                "<ofd:Actions><ofd:Action Event=\"DO\">" + action
                                        + "</ofd:Action></ofd:Actions></ofd:Document>"));
    }

    private static void needsAcceptance(Tampering document, Warning.Kind kind) {
        assertThatThrownBy(() -> stamp(document.done(), Set.of())).isInstanceOfSatisfying(InvalidInput.class, e -> {
            assertThat(e.code()).isEqualTo("hidden-content");
            assertThat(e.getMessage()).contains(kind.name());
        });
        assertThat(stamp(document.done(), Set.of(kind)).warnings())
                .extracting(Warning::kind)
                .containsExactly(kind);
    }

    private static OfdStamped stamp(DocumentBytes ofd, Set<Warning.Kind> accepted) {
        return new OfdStamper()
                .stamp(
                        ofd,
                        new OfdStamp(
                                OfdSamples.SEAL,
                                OfdSamples.PARTIES.authority,
                                SealParties.NOW,
                                List.of(new Place.OnPage(1, 120, 70)),
                                true,
                                Level.B,
                                Level.Shortfall.REQUIRE,
                                accepted));
    }

    private static void refused(DocumentBytes ofd, String code) {
        assertThatThrownBy(() -> stamp(ofd, Set.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /// The sample and one more file.
    private static DocumentBytes zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : ZipReader.read(OfdSamples.UNSIGNED).parts()) {
                zip.putNextEntry(new ZipEntry(part.name));
                zip.write(part.content().orElseThrow());
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(name));
            zip.write(bytes(content));
            zip.closeEntry();
        }
        return DocumentBytes.of(bytes.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.verdict.Indication;

class OfdStamperTest {
    @Test
    void samePage_givesTheSameBytes() {
        assertThat(OfdSamples.render(OfdSamples.LICENCE_ID)).isEqualTo(OfdSamples.UNSIGNED);
    }

    @Test
    void metadata_isEscapedInTheEntry() {
        var entry = XmlTree.parse(Tampering.of(OfdSamples.UNSIGNED).file(OfdPackage.ENTRY));
        var datas = entry.required("DocBody")
                .required("DocInfo")
                .required("CustomDatas")
                .all("CustomData");
        assertThat(datas.map(XmlTree::text)).contains(OfdSamples.LICENCE_ID, "海州市 <朝阳> & \"远航\" 贸易有限公司");
    }

    @Test
    void stamped_keepsEveryFileButTheEntry() {
        var before = Tampering.of(OfdSamples.UNSIGNED);
        var after = Tampering.of(OfdSamples.STAMPED);
        for (var name : before.names()) {
            if (!name.equals(OfdPackage.ENTRY)) {
                assertThat(after.file(name)).as(name).isEqualTo(before.file(name));
            }
        }
        assertThat(new String(after.file(OfdPackage.ENTRY), StandardCharsets.UTF_8))
                .contains("<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>");
    }

    @Test
    void stampedAgain_isRefused() {
        refused(OfdSamples.STAMPED, "ofd-closed");
    }

    @Test
    void whatIsNoOfd_isRefused() {
        refused(DocumentBytes.of(new byte[100]), "ofd-unreadable");
        refused(Tampering.of(OfdSamples.UNSIGNED).remove("Doc_0/Document.xml").done(), "ofd-package");
        refused(
                Tampering.of(OfdSamples.UNSIGNED)
                        .put(OfdPackage.ENTRY, "<OFD/>".getBytes(StandardCharsets.UTF_8))
                        .done(),
                "xml");
    }

    @Test
    void entryThatHidesItsEndInAComment_isRefused() {
        var tricky = Tampering.of(OfdSamples.UNSIGNED)
                .edit(OfdPackage.ENTRY, xml -> xml.replace("<ofd:DocInfo>", "<!-- </ofd:DocBody> --><ofd:DocInfo>"));
        refused(tricky.done(), "xml");
    }

    @Test
    void signerOutsideTheSealsList_isRefused() {
        assertThatThrownBy(() ->
                        OfdSamples.stamp(OfdSamples.UNSIGNED, OfdSamples.SEAL, OfdSamples.PARTIES.signer("STRANGER")))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("signer-not-listed"));
    }

    @Test
    void textWithRareCharactersAtBothEnds_isSplitAroundThem() {
        var text = "𠮷田𠮷";
        var marks = List.<Page.Mark>of(new Page.Text(
                10, 20, 5, Face.SERIF, Page.Colour.BLACK, text, new ArrayList<>(Collections.nCopies(2, 5.0))));
        var ofd = new OfdRenderer(OfdSamples.TYPEFACES)
                .render(new Page(148, 105, marks, new Page.Area(80, 60, 42, 42)), OfdSamples.info("1.2.156.3005.2.x"));
        var layer = XmlTree.parse(Tampering.of(ofd).file(Tampering.CONTENT))
                .required("Content")
                .required("Layer");

        var runs = layer.all("TextObject").toList();
        assertThat(runs.stream().map(run -> run.required("TextCode").text())).containsExactly("𠮷", "田", "𠮷");
        assertThat(runs.stream().map(run -> run.one("CGTransform").isPresent())).containsExactly(true, false, true);
        assertThat(runs.stream().map(run -> run.attribute("Boundary").orElseThrow()))
                .containsExactly("7.5 12.5 10 11", "12.5 12.5 10 11", "17.5 12.5 10 11");
        assertThat(new OfdVerifier(OfdSamples.PARTIES.trust())
                        .verify(
                                OfdSamples.stamp(ofd, OfdSamples.SEAL, OfdSamples.PARTIES.authority),
                                org.yinzheng.signing.seal.SealParties.NOW)
                        .indication())
                .isEqualTo(Indication.TOTAL_PASSED);
    }

    private static void refused(DocumentBytes ofd, String code) {
        assertThatThrownBy(() -> OfdSamples.stamp(ofd, OfdSamples.SEAL, OfdSamples.PARTIES.authority))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Stamps one after another, and what somebody may try between and after them.
class SeveralStampsTest {
    private static final Place HERE = new Place.OnPage(1, 101, 81);
    private static final Place THERE = new Place.OnPage(1, 60, 60);
    private static final DocumentBytes ONE =
            OfdSamples.stamp(OfdSamples.UNSIGNED, false, HERE).document();
    private static final DocumentBytes TWO = OfdSamples.stamp(ONE, false, THERE).document();

    @Test
    void openStamps_oneAfterAnother_areAllValid() {
        var three = OfdSamples.stamp(TWO, true).document();
        for (var document : List.of(ONE, TWO, three)) {
            var report = judged(document);
            assertThat(report.indication()).as(report.toString()).isEqualTo(Indication.TOTAL_PASSED);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
            assertThatCode(() -> OfdCrossCheckTest.validate(document)).doesNotThrowAnyException();
        }
        assertThat(judged(three).signatures()).extracting("name").containsExactly("s001", "s002", "s003");
    }

    @Test
    void laterStamp_changesNothingButTheList() {
        var before = Tampering.of(ONE);
        var after = Tampering.of(TWO);
        for (var name : before.names()) {
            if (!name.equals(Tampering.LIST)) {
                assertThat(after.file(name)).as(name).isEqualTo(before.file(name));
            }
        }
        assertThat(new String(after.file(Tampering.LIST), StandardCharsets.UTF_8))
                .contains("<ofd:MaxSignId>s002</ofd:MaxSignId>");
    }

    @Test
    void closedDocument_takesNoOtherStamp() {
        var closed = OfdSamples.stamp(ONE, true).document();
        refused(closed, "ofd-closed");
        refused(OfdSamples.STAMPED, "ofd-closed");
    }

    @Test
    void documentChangedAfterAStamp_isNotStampedAgain() {
        refused(Tampering.of(ONE).flip("Doc_0/Res/font_2.ttf", 99).done(), "ofd-signatures");
        refused(Tampering.of(ONE).remove(Tampering.SIGNATURE).done(), "ofd-signatures");
        refused(
                Tampering.of(ONE)
                        .put(Tampering.SIGNATURE, "<a/>".getBytes(StandardCharsets.UTF_8))
                        .done(),
                "ofd-signatures");
    }

    @Test
    void listWithoutPrefix_andOfAnotherMaker_isExtended() {
        var foreign = Tampering.of(ONE)
                .put(
                        Tampering.LIST,
                        ("<Signatures xmlns=\"http://www.ofdspec.org/2016\">"
                                        + "<Signature BaseLoc=\"Sign_0/Signature.xml\" ID=\"7\"/><MaxSignId>7</MaxSignId>"
                                        + "</Signatures>")
                                .getBytes(StandardCharsets.UTF_8));
        var again = OfdSamples.stamp(foreign.done(), false, THERE).document();

        assertThat(judged(again).indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(judged(again).signatures()).extracting("name").containsExactly("7", "s008");
    }

    @Test
    void pageAddedAfterAnOpenStamp_isAChange() {
        var added = Tampering.of(ONE)
                .edit(
                        "Doc_0/Document.xml",
                        xml -> xml.replace(
                                "</ofd:Pages>",
                                "<ofd:Page ID=\"900\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>"));
        changed(added.done());
    }

    @Test
    void annotationAddedAfterAnOpenStamp_isAChange() {
        var added = Tampering.of(ONE)
                .put("Doc_0/Annots/Annotations.xml", "<ofd:Annotations/>".getBytes(StandardCharsets.UTF_8))
                .edit(
                        "Doc_0/Document.xml",
                        xml -> xml.replace(
                                "</ofd:Document>",
                                "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"));
        changed(added.done());
    }

    @Test
    void fileAddedAfterAnOpenStamp_isNotPassed() {
        var added = Tampering.of(ONE).put("Doc_0/Annots/A.xml", "<a/>".getBytes(StandardCharsets.UTF_8));
        assertThat(reasons(added.done())).containsExactly(Gap.NOT_ALL_CONTENT_COVERED);
        assertThat(judged(added.done()).integrity()).isNotEqualTo(Integrity.INTACT);
    }

    @Test
    void earlierStampTakenAway_isFoundByTheLaterOne() {
        var unlisted =
                Tampering.of(TWO).edit(Tampering.LIST, xml -> xml.replaceFirst("<ofd:Signature [^>]*s001[^>]*/>", ""));
        assertThat(reasons(unlisted.done())).contains(Flaw.SIGNATURE_LIST_INVALID);

        var removed =
                unlisted.remove(Tampering.SIGNATURE).remove(Tampering.VALUE).remove(Tampering.SEAL);
        changed(removed.done());
    }

    @Test
    void laterStampTakenOffTheOpenList_isFound() {
        var unlisted =
                Tampering.of(TWO).edit(Tampering.LIST, xml -> xml.replaceFirst("<ofd:Signature [^>]*s002[^>]*/>", ""));
        assertThat(reasons(unlisted.done())).contains(Flaw.SIGNATURE_LIST_INVALID);
    }

    @Test
    void stampOfAStranger_addedToAnOpenDocument_leavesTheFirstIntactAndIsNotPassed() {
        var strangers = new SealParties();
        var stranger = new OfdStamper()
                .stamp(ONE, OfdStamp.closing(strangers.seal(), strangers.authority, SealParties.NOW, THERE))
                .document();
        var report = judged(stranger);

        assertThat(report.signatures().getFirst().indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.reasons()).contains(Gap.SEAL_MAKER_NOT_TRUSTED);
    }

    @Test
    void entryAddedToAClosedList_isAChange() {
        var closed = Tampering.of(OfdSamples.STAMPED)
                .edit(
                        Tampering.LIST,
                        xml -> xml.replace(
                                "</ofd:Signatures>",
                                "<ofd:Signature ID=\"s002\" Type=\"Seal\" BaseLoc=\"/" + Tampering.SIGNATURE
                                        + "\"/></ofd:Signatures>"));
        changed(closed.done());
    }

    private static void changed(DocumentBytes document) {
        var report = judged(document);
        assertThat(report.reasons()).contains(Flaw.SIGNED_FILE_CHANGED);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
    }

    private static void refused(DocumentBytes document, String code) {
        assertThatThrownBy(() -> OfdSamples.stamp(document, false, THERE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<Reason> reasons(DocumentBytes document) {
        return judged(document).reasons();
    }

    private static Report.Judged judged(DocumentBytes document) {
        return (Report.Judged) new OfdVerifier(OfdSamples.PARTIES.trust()).verify(document, SealParties.NOW);
    }
}

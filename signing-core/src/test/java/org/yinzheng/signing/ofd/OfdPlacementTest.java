package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.verdict.Indication;

class OfdPlacementTest {
    private static final DocumentBytes THREE = OfdSamples.pages(3).done();

    @Test
    void page_byNumberOrLast_hasTheSealsRealSizeAboutItsCentre() {
        assertThat(placed(THREE, new Place.OnPage(2, 50, 60)))
                .containsExactly(new Placed(2, new Page.Area(29, 39, 42, 42)));
        assertThat(placed(THREE, new Place.OnPage(Place.LAST, 50, 60)))
                .containsExactly(new Placed(3, new Page.Area(29, 39, 42, 42)));
    }

    @Test
    void sealBesideItsPage_orOnNone_isRefused() {
        refused(THREE, new Place.OnPage(1, 20, 60), "seal-area");
        refused(THREE, new Place.OnPage(1, 50, 90), "seal-area");
        refused(THREE, new Place.OnPage(1, Double.NaN, 50), "seal-area");
        refused(THREE, new Place.OnPage(4, 50, 60), "seal-page");
        refused(THREE, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.1), "seal-area");
    }

    @Test
    void field_isRefused() {
        refused(THREE, new Place.AtField("Signature1"), "place");
    }

    @Test
    void keyword_firstNthOrEvery_isTheMiddleOfTheWord() {
        var first = placed(THREE, new Place.AtKeyword("朝阳远航", 1));
        assertThat(first).hasSize(1);
        // ten characters of 4.5 mm before it, from 14; the line stands on 44
        assertThat(centre(first.getFirst())).containsExactly(14 + 6 * 4.5 + 9, 44 - 0.38 * 4.5);
        assertThat(placed(THREE, new Place.AtKeyword("朝阳远航", 3)).getFirst().page())
                .isEqualTo(3);
        assertThat(placed(THREE, new Place.AtKeyword("朝阳 远航", Place.EVERY)).stream()
                        .map(Placed::page))
                .containsExactly(1, 2, 3);
    }

    @Test
    void keyword_overSeveralTextObjects_isFound() {
        assertThat(placed(OfdSamples.UNSIGNED, new Place.AtKeyword("人：𠮷田A&B", 1)))
                .hasSize(1);
    }

    @Test
    void keyword_ofATemplatePage_isFound() {
        var taken = OfdSamples.pages(1);
        var text = new String(taken.file(Tampering.CONTENT), java.nio.charset.StandardCharsets.UTF_8)
                .replace("证照标识", "盖章在此");
        taken.put("Doc_0/Tpls/T_0.xml", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        taken.edit(
                "Doc_0/Document.xml",
                xml -> xml.replace(
                        "</ofd:CommonData>",
                        "<ofd:TemplatePage ID=\"77\" BaseLoc=\"Tpls/T_0.xml\"/></ofd:CommonData>"));
        taken.edit(
                Tampering.CONTENT,
                xml -> xml.replace(
                        "<ofd:Content>", "<ofd:Template TemplateID=\"77\" ZOrder=\"Background\"/><ofd:Content>"));
        refused(taken.done(), new Place.AtKeyword("盖章在此", 1), "seal-area");
        refused(OfdSamples.UNSIGNED, new Place.AtKeyword("盖章在此", 1), "place-not-found");
    }

    @Test
    void keyword_thatIsNotThere_orNotSoOften_isRefused() {
        refused(THREE, new Place.AtKeyword("盖章处", 1), "place-not-found");
        refused(THREE, new Place.AtKeyword("朝阳远航", 4), "place-not-found");
        refused(THREE, new Place.AtKeyword("　 ", 1), "place-not-found");
    }

    @Test
    void anchor_isTheBookmarkOfTheTemplate() {
        assertThat(placed(OfdSamples.UNSIGNED, new Place.AtAnchor(OfdRenderer.SEAL_ANCHOR)))
                .containsExactly(new Placed(1, new Page.Area(80, 60, 42, 42)));
        refused(OfdSamples.UNSIGNED, new Place.AtAnchor("stamp"), "place-not-found");
    }

    @Test
    void sealAcrossEdges_isWhole_andEverySliceIsOnItsPage() {
        for (var edge : Place.Edge.values()) {
            var slices = placed(THREE, new Place.AcrossEdges(edge, Place.Pages.ALL, 0.5));
            assertThat(slices.stream().map(Placed::page)).containsExactly(1, 2, 3);
            assertThat(slices.stream().mapToDouble(one -> one.area().width()).sum())
                    .isEqualTo(42);
            assertThat(slices).allSatisfy(one -> {
                double x = one.area().x();
                assertThat(edge == Place.Edge.LEFT ? x : x + one.area().width())
                        .isEqualTo(edge == Place.Edge.LEFT ? 0 : 148);
                assertThat(one.area().y()).isEqualTo(52.5 - 21);
            });
        }
        var left =
                Tampering.of(OfdSamples.stamp(THREE, true, new Place.AcrossEdges(Place.Edge.LEFT, Place.Pages.ALL, 0.5))
                        .document());
        var annotations = XmlTree.parse(left.file(Tampering.SIGNATURE))
                .required("SignedInfo")
                .all("StampAnnot")
                .map(annotation -> annotation.attribute("Clip").orElse(""))
                .toList();
        assertThat(annotations).containsExactly("28 0 14 42", "14 0 14 42", "0 0 14 42");
    }

    @Test
    void sealAcrossEdges_ofOddOrEvenPages_ofManyPages_ofOne() {
        assertThat(placed(THREE, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ODD, 0.5)).stream()
                        .map(Placed::page))
                .containsExactly(1, 3);
        refused(THREE, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.EVEN, 0.5), "place");
        var many = placed(OfdSamples.pages(50).done(), new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertThat(many).hasSize(50);
        assertThat(many).allSatisfy(one -> assertThat(one.area().width()).isGreaterThan(2));
        assertThat(many.stream().mapToDouble(one -> one.area().width()).sum())
                .isCloseTo(3 * 42, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void severalPlacesAtOnce_areOneSignatureWithSeveralPictures() {
        var stamped = OfdSamples.stamp(
                THREE,
                true,
                new Place.OnPage(1, 50, 60),
                new Place.AtAnchor("seal"),
                new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertThat(stamped.placed()).hasSize(5);
        var info = XmlTree.parse(Tampering.of(stamped.document()).file(Tampering.SIGNATURE))
                .required("SignedInfo");
        assertThat(info.all("StampAnnot").map(one -> one.attribute("ID").orElse("")))
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(new OfdVerifier(OfdSamples.PARTIES.trust())
                        .verify(stamped.document(), SealParties.NOW)
                        .indication())
                .isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void pageOfAnotherSize_isHeeded_whereItsBoxBeginsIsNot() {
        var taken = OfdSamples.pages(2);
        taken.edit(
                "Doc_0/Pages/Page_1/Content.xml",
                xml -> xml.replaceFirst("<ofd:PhysicalBox>[^<]*<", "<ofd:PhysicalBox>10 20 60 70<"));
        var stamped = OfdSamples.stamp(taken.done(), true, new Place.OnPage(2, 30, 40));
        assertThat(stamped.placed()).containsExactly(new Placed(2, new Page.Area(9, 19, 42, 42)));
        assertThat(new String(
                        Tampering.of(stamped.document()).file(Tampering.SIGNATURE),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("Boundary=\"9 19 42 42\"");
        refused(taken.done(), new Place.OnPage(2, 80, 40), "seal-area");
    }

    @Test
    void noPlace_isAnUnseenStamp() {
        assertThat(OfdSamples.stamp(THREE, true).placed()).isEmpty();
    }

    @Test
    void sealOnText_isSaid_butNotForTheKeywordItIsMeantFor() {
        var warnings =
                OfdSamples.stamp(THREE, true, new Place.OnPage(1, 50, 60)).warnings();
        assertThat(warnings).extracting(Warning::kind).containsExactly(Warning.Kind.COVERS_TEXT);
        assertThat(warnings.getFirst().detail()).contains("page 1").doesNotContain("朝阳");
        assertThat(OfdSamples.stamp(THREE, true, new Place.OnPage(1, 120, 70)).warnings())
                .isEmpty();
        var alone = OfdSamples.pages(1)
                .edit(
                        Tampering.CONTENT,
                        xml -> xml.replaceAll("<ofd:TextObject(?!.{0,200}远航).*?</ofd:TextObject>", ""));
        assertThat(OfdSamples.stamp(alone.done(), true, new Place.AtKeyword("名称：海州市朝阳远航贸易有限公司", 1))
                        .warnings())
                .isEmpty();
    }

    @Test
    void hostileNumbers_areRefusedAndExhaustNothing() {
        for (var delta : List.of("g 1000000000 1", "g NaN 1", "1e999", "g 9 x")) {
            var taken = OfdSamples.pages(1)
                    .edit(Tampering.CONTENT, xml -> xml.replaceFirst("DeltaX=\"[^\"]*\"", "DeltaX=\"" + delta + "\""));
            try {
                OfdSamples.stamp(taken.done(), true, new Place.AtKeyword("营业执照", 1));
            } catch (InvalidInput e) {
                assertThat(e.code()).isIn("xml", "seal-area", "place-not-found");
            }
        }
        var marks = IntStream.range(0, 1001)
                .mapToObj(i -> (Place) new Place.OnPage(1, 50, 60))
                .toArray(Place[]::new);
        assertThatThrownBy(() -> OfdSamples.stamp(THREE, true, marks))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("place"));
    }

    private static List<Placed> placed(DocumentBytes ofd, Place place) {
        return OfdSamples.stamp(ofd, true, place).placed();
    }

    private static double[] centre(Placed placed) {
        var area = placed.area();
        return new double[] {
            Math.round((area.x() + area.width() / 2) * 1000) / 1000.0,
            Math.round((area.y() + area.height() / 2) * 1000) / 1000.0
        };
    }

    private static void refused(DocumentBytes ofd, Place place, String code) {
        assertThatThrownBy(() -> OfdSamples.stamp(ofd, true, place))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

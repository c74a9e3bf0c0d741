package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.SignatureFormFieldBuilder;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;

/// Where seals come to lie, as pdftoppm shows them: red, 42 mm wide and high, and nothing else is red.
class PdfPlacementTest {
    private static final int DPI = 72;
    private static final Offset<Double> WITHIN = Offset.offset(0.8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void pageTurnedCroppedAndInLargeUnits_sealIsUprightInItsRealSize(int rotation) throws Exception {
        for (var userUnit : new int[] {1, 2}) {
            var pdf = Papers.document(document -> {
                var page = document.addNewPage(new PageSize(new Rectangle(-30, 20, 700f / userUnit, 900f / userUnit)));
                page.setCropBox(
                        new Rectangle(-30 + 40f / userUnit, 20 + 60f / userUnit, 600f / userUnit, 800f / userUnit));
                page.setRotation(rotation);
                if (userUnit > 1) {
                    page.put(PdfName.UserUnit, new PdfNumber(userUnit));
                }
                new PdfCanvas(page).rectangle(0, 100, 30, 30).fill();
            });
            var stamp = Papers.stamp(new Place.OnPage(1, 100, 60)).showing(Arrow.SEAL, new Place.OnPage(1, 100, 60));
            var made = new PdfStamper().stamp(pdf, stamp);
            assertThat(made.stamped().placed()).containsExactly(new Placed(1, new Page.Area(79, 39, 42, 42)));
            // poppler's pdftoppm draws units of 1/72 inch whatever the page says, so that a unit of 2 is half as large
            var seen = red(made.document(), 1, "-cropbox");
            assertArea(seen, 79.0 / userUnit, 39.0 / userUnit, 42.0 / userUnit, 42.0 / userUnit);
            assertThat(Arrow.pointsUp(image)).as("turned by %s", rotation).isTrue();
            PdfVerifierTest.assertPasses(made.document(), 1);
        }
    }

    @Test
    void sealOverThePageEdge_isRefused_andOneThatTouchesItIsNot() {
        var a4 = Papers.pages(1);
        for (var place : List.of(
                new Place.OnPage(1, 20.9, 100),
                new Place.OnPage(1, 189.2, 100),
                new Place.OnPage(1, 100, 20.9),
                new Place.OnPage(1, 100, 276.2),
                new Place.OnPage(1, -100, 50))) {
            assertRefused("seal-area", a4, place);
        }
        assertThat(Papers.stamped(a4, new Place.OnPage(1, 21, 21)).stamped().placed())
                .hasSize(1);
        assertRefused("seal-page", a4, new Place.OnPage(2, 100, 100));
    }

    @Test
    void lastPage_isFound() {
        var made = Papers.stamped(Papers.pages(3), new Place.OnPage(Place.LAST, 100, 100));
        assertThat(made.stamped().placed()).extracting(Placed::page).containsExactly(3);
    }

    @Test
    void keywordInPieces_isFoundByItsNumberAndEverywhere() throws Exception {
        var pdf = Papers.document(document -> {
            var font = Papers.chinese();
            var first = document.addNewPage(PageSize.A4);
            Papers.write(first, font, 14, 100, 700, "甲方盖章处");
            // glyph by glyph, out of order
            Papers.write(first, font, 14, 328, 500, "处");
            Papers.write(first, font, 14, 300, 500, "盖");
            Papers.write(first, font, 14, 314, 500, "章");
            var second = document.addNewPage(PageSize.A4);
            // broken at the end of a line
            Papers.write(second, font, 14, 380, 420, "请在盖");
            Papers.write(second, font, 14, 100, 400, "章处盖印");
        });
        var every = Papers.stamped(pdf, new Place.AtKeyword("盖章处", Place.EVERY));
        assertThat(every.stamped().placed()).extracting(Placed::page).containsExactly(1, 1, 2);
        assertCentre(every.stamped().placed().get(0), 149, 700);
        assertCentre(every.stamped().placed().get(1), 321, 500);
        assertCentre(every.stamped().placed().get(2), 114, 400);
        assertThat(every.stamped().warnings()).extracting(Warning::kind).containsOnly(Warning.Kind.COVERS_TEXT);
        assertThat(every.stamped().warnings().getFirst().detail()).isEqualTo("page 1: 甲方");
        var second = Papers.stamped(pdf, new Place.AtKeyword("盖 章处", 2));
        assertCentre(second.stamped().placed().getFirst(), 321, 500);
        assertThat(second.stamped().warnings()).isEmpty();
        assertRefused("place-not-found", pdf, new Place.AtKeyword("盖章处", 4));
        assertRefused("place-not-found", pdf, new Place.AtKeyword("没有", 1));
        assertSound(every.document());
        keep(every.document(), "keyword-every");
    }

    @Test
    void keywordOnATurnedPage_isWhereItIsShown() throws Exception {
        var pdf = Papers.document(document -> {
            var page = document.addNewPage(PageSize.A4);
            page.setRotation(90);
            page.setCropBox(new Rectangle(30, 30, 500, 700));
            Papers.write(page, PdfFontFactory.createFont(), 14, 200, 300, "SEAL");
        });
        var made = Papers.stamped(pdf, new Place.AtKeyword("SEAL", 1));
        // shown: x grows with the y of user space, y with its x
        var area = made.stamped().placed().getFirst().area();
        assertThat(area.x() + 21).isCloseTo((300 + 5 - 30) / Papers.POINTS, Offset.offset(1.0));
        assertThat(area.y() + 21).isCloseTo((200 + 18 - 30) / Papers.POINTS, Offset.offset(1.5));
        assertThat(made.stamped().warnings()).isEmpty();
    }

    @Test
    void emptyField_isSignedAndKeepsItsPlace() throws Exception {
        var form = form(new Rectangle(300, 100, 200, 160));
        var made = Papers.stamped(form, new Place.AtField("approval.seal"));
        try (var document = Loader.loadPDF(made.document().toByteArray())) {
            var field = document.getDocumentCatalog().getAcroForm().getField("approval.seal");
            assertThat(field.getCOSObject().containsKey("V")).isTrue();
            assertThat(field.getWidgets().getFirst().getRectangle().getWidth()).isEqualTo(200);
            assertThat(document.getSignatureDictionaries()).hasSize(1);
        }
        var seen = red(made.document(), 1);
        assertRing(seen, 400 / Papers.POINTS, 297 - 180 / Papers.POINTS);
        PdfVerifierTest.assertPasses(made.document(), 1);
        assertRefused("place-not-found", made.document(), new Place.AtField("approval.seal"));
        assertRefused("place-not-found", form, new Place.AtField("approval"));
        assertRefused("place", form, new Place.AtField("approval.seal"), new Place.OnPage(1, 100, 100));
    }

    @Test
    void fieldSmallerThanTheSeal_growsAndTheSealDoesNotShrink() throws Exception {
        var made = Papers.stamped(form(new Rectangle(300, 300, 60, 20)), new Place.AtField("approval.seal"));
        assertRing(red(made.document(), 1), 330 / Papers.POINTS, 297 - 310 / Papers.POINTS);
    }

    @Test
    void anchorOfATemplate_isThePlaceThatItKeeps() throws Exception {
        var made = Papers.stamped(StampedRenditionTest.rendition(), new Place.AtAnchor(PdfRenderer.SEAL));
        var area = made.stamped().placed().getFirst().area();
        assertThat(area.x()).isCloseTo(120, Offset.offset(0.01));
        assertThat(area.y()).isCloseTo(200, Offset.offset(0.01));
        PdfVerifierTest.assertPasses(made.document(), 1);
        assertRefused("place-not-found", StampedRenditionTest.rendition(), new Place.AtAnchor("other"));
    }

    @Test
    void acrossTheEdges_theSlicesOfAllPagesMakeOneSeal() throws Exception {
        var pdf = Papers.pages(3);
        var right = Papers.stamped(pdf, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertThat(right.stamped().placed()).hasSize(3).allSatisfy(placed -> {
            assertThat(placed.area().width()).isEqualTo(14);
            assertThat(placed.area().x() + 14).isCloseTo(210, Offset.offset(0.1));
        });
        for (int page = 1; page <= 3; page++) {
            var seen = red(right.document(), page);
            assertThat(seen.x() + seen.width()).as("page %s", page).isLessThanOrEqualTo(210.5);
            assertThat(seen.x()).isGreaterThan(195);
        }
        // a ring: the outer slices have their arc at the outer side, the middle one above and below only
        assertThat(red(right.document(), 1).height()).isLessThan(42);
        assertThat(red(right.document(), 2).height()).isCloseTo(40, Offset.offset(1.0));
        assertSound(right.document());
        keep(right.document(), "across-right");
        var left = Papers.stamped(pdf, new Place.AcrossEdges(Place.Edge.LEFT, Place.Pages.ALL, 0.3));
        assertThat(left.stamped().placed())
                .allSatisfy(placed -> assertThat(placed.area().x()).isZero());
        keep(left.document(), "across-left");
    }

    @Test
    void acrossManyPages_everyGroupOfAtMostTwentyHasASeal() {
        var pages = Papers.pages(41);
        var all = Papers.stamped(pages, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertThat(all.stamped().placed()).hasSize(41);
        assertThat(all.stamped().placed().stream()
                        .map(placed -> placed.area().width())
                        .distinct())
                .containsExactly(42.0 / 13, 42.0 / 14);
        var odd = Papers.stamped(pages, new Place.AcrossEdges(Place.Edge.LEFT, Place.Pages.ODD, 0.5));
        assertThat(odd.stamped().placed()).hasSize(21).allSatisfy(placed -> assertThat(placed.page() % 2)
                .isOne());
        var even = Papers.stamped(pages, new Place.AcrossEdges(Place.Edge.LEFT, Place.Pages.EVEN, 0.5));
        assertThat(even.stamped().placed()).hasSize(20);
        assertRefused("place", Papers.pages(1), new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertRefused("seal-area", pages, new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.05));
    }

    @Test
    void severalPlaces_areOneSignature_andTheEarlierOneStaysValid() throws Exception {
        var first = Samples.stamped(Papers.pages(3), Suite.SM2_SM3);
        var made = Papers.stamped(
                first,
                new Place.OnPage(1, 150, 240),
                new Place.OnPage(3, 60, 60),
                new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.4));
        assertThat(made.stamped().placed()).hasSize(5);
        PdfVerifierTest.assertPasses(made.document(), 2);
        assertSound(made.document());
        try (var document = Loader.loadPDF(made.document().toByteArray())) {
            assertThat(document.getSignatureFields()).hasSize(2);
            assertThat(document.getSignatureFields().getLast().getWidgets()).hasSize(5);
        }
        var alone = Papers.stamped(
                Papers.pages(3),
                new Place.OnPage(1, 150, 240),
                new Place.OnPage(3, 60, 60),
                new Place.OnPage(2, 60, 60));
        EuDss.assertPasses(
                alone.document(), Samples.TRUST, Samples.AT.plusSeconds(60), SignatureLevel.PAdES_BASELINE_B);
        var twice = Samples.signed(
                Samples.stamped(Papers.pages(3), Suite.ECDSA_P256_SHA256),
                Papers.stamp(new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.4)));
        EuDss.assertPasses(
                twice,
                Samples.TRUST,
                Samples.AT.plusSeconds(60),
                SignatureLevel.PAdES_BASELINE_B,
                SignatureLevel.PAdES_BASELINE_B);
        var answer = Tool.run(folder, "pdfsig", "-nocert", "x.pdf").text();
        assertThat(answer).contains("Total document signed").doesNotContain("not signed");
        PdfVerifierTest.assertPasses(
                Samples.signed(
                        made.document(), PdfStamp.baseline("third", Samples.signer(Suite.SM2_SM3), Samples.AT, "")),
                3);
        keep(made.document(), "several");
    }

    @Test
    void textBelowTheSeal_isTold_andIsShort() {
        var pdf = Papers.document(document -> {
            var page = document.addNewPage(PageSize.A4);
            Papers.write(page, PdfFontFactory.createFont(), 6, 200, 500, "The quick brown fox jumps over the lazy dog");
        });
        var made = Papers.stamped(pdf, new Place.OnPage(1, 250 / Papers.POINTS, 297 - 503 / Papers.POINTS));
        assertThat(made.stamped().warnings()).hasSize(1);
        var detail = made.stamped().warnings().getFirst().detail();
        assertThat(detail).startsWith("page 1: ").contains("quickbrown");
        assertThat(detail.length()).isLessThanOrEqualTo("page 1: ".length() + 30);
        assertThat(Papers.stamped(pdf, new Place.OnPage(1, 100, 250)).stamped().warnings())
                .isEmpty();
    }

    @Test
    void drawnSeal_isAnOutlineAndNoPicture_onATurnedPageToo() throws Exception {
        var seal = new SealArtist(Typefaces.find()).round("东原市市场监督管理局", "", 42);
        var pdf =
                Papers.changed(Papers.pages(2), document -> document.getPage(2).setRotation(90));
        var stamp = Papers.stamp()
                .showing(
                        seal,
                        new Place.OnPage(1, 100, 100),
                        new Place.OnPage(2, 100, 60),
                        new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.7));
        var made = new PdfStamper().stamp(pdf, stamp).document();
        assertThat(new String(made.toByteArray(), StandardCharsets.ISO_8859_1)).doesNotContain("/Image");
        assertArea(
                red(Samples.signed(pdf, Papers.stamp().showing(seal, new Place.OnPage(2, 100, 60))), 2),
                79,
                39,
                42,
                42);
        assertSound(made);
        keep(made, "outline");
    }

    @Test
    void placeWithoutAPicture_isRefused() {
        var stamp = Papers.stamp();
        var without = new PdfStamp(
                stamp.field(),
                stamp.signer(),
                stamp.at(),
                "",
                stamp.form(),
                stamp.level(),
                stamp.shortfall(),
                stamp.certification(),
                List.of(new Place.OnPage(1, 100, 100)),
                java.util.Optional.empty(),
                java.util.Set.of());
        assertThatThrownBy(() -> new PdfStamper().stamp(Papers.pages(1), without))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("seal-picture"));
    }

    private static DocumentBytes form(Rectangle box) {
        return Papers.document(document -> {
            document.addNewPage(PageSize.A4);
            var form = PdfFormCreator.getAcroForm(document, true);
            var field = new SignatureFormFieldBuilder(document, "seal")
                    .setWidgetRectangle(box)
                    .setPage(1)
                    .createSignature();
            var parent = new com.itextpdf.forms.fields.NonTerminalFormFieldBuilder(document, "approval")
                    .createNonTerminalFormField();
            parent.addKid(field);
            form.addField(parent);
        });
    }

    private static void assertRefused(String code, DocumentBytes pdf, Place... places) {
        assertThatThrownBy(() -> Papers.stamped(pdf, places))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void assertSound(DocumentBytes pdf) throws Exception {
        Files.write(folder.resolve("x.pdf"), pdf.toByteArray());
        assertThat(Tool.run(folder, "qpdf", "--check", "x.pdf").text())
                .contains("No syntax or stream encoding errors found");
        assertThat(Tool.run(folder, "pdfsig", "-nocert", "x.pdf").text())
                .contains("Signature Validation: Signature is Valid.");
    }

    private static void assertCentre(Placed placed, double x, double y) {
        assertThat(placed.area().x() + 21).isCloseTo(x / Papers.POINTS, Offset.offset(1.0));
        assertThat(placed.area().y() + 21).isCloseTo(297 - (y + 5.3) / Papers.POINTS, Offset.offset(1.0));
    }

    private static void assertArea(Page.Area seen, double x, double y, double width, double height) {
        assertThat(seen.x()).isCloseTo(x, WITHIN);
        assertThat(seen.y()).isCloseTo(y, WITHIN);
        assertThat(seen.width()).isCloseTo(width, WITHIN);
        assertThat(seen.height()).isCloseTo(height, WITHIN);
    }

    /// The sample seal's ring is drawn a little inside its picture.
    private static void assertRing(Page.Area seen, double x, double y) {
        assertArea(seen, x - 19.95, y - 19.95, 39.9, 39.9);
    }

    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

    /// What is red on a page, in millimetres.
    private Page.Area red(DocumentBytes pdf, int page, String... options) throws Exception {
        Files.write(folder.resolve("shown.pdf"), pdf.toByteArray());
        var number = Integer.toString(page);
        var command = Stream.concat(
                        Stream.of("pdftoppm", "-png", "-r", Integer.toString(2 * DPI), "-f", number, "-l", number),
                        Stream.concat(Stream.of(options), Stream.of("-singlefile", "shown.pdf", "shown")))
                .toArray(String[]::new);
        Tool.run(folder, command);
        image = ImageIO.read(folder.resolve("shown.png").toFile());
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = -1;
        int bottom = -1;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (Arrow.isRed(image.getRGB(x, y))) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        double mm = 25.4 / (2 * DPI);
        return new Page.Area(left * mm, top * mm, (right - left) * mm, (bottom - top) * mm);
    }

    /// Pictures to look at, where somebody asks for them.
    private static void keep(DocumentBytes pdf, String name) throws Exception {
        var wanted = System.getProperty("yinzheng.pictures");
        if (wanted != null) {
            Files.write(Path.of(wanted, name + ".pdf"), pdf.toByteArray());
        }
    }
}

package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.itextpdf.forms.fields.PdfFormCreator;
import com.itextpdf.forms.fields.SignatureFormFieldBuilder;
import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.action.PdfAction;
import com.itextpdf.kernel.pdf.annot.PdfLinkAnnotation;
import com.itextpdf.kernel.pdf.filespec.PdfFileSpec;
import com.itextpdf.kernel.pdf.layer.PdfLayer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// Documents that are not stamped, those that are although they look odd, and what is said of them.
class PdfGuardTest {
    @TempDir
    Path folder;

    @Test
    void encryptedDocument_isRefused() throws Exception {
        for (var password : List.of("", "secret")) {
            var pdf = qpdf(Papers.pages(1), "--encrypt", password, "owner", "256", "--");
            assertRefused("pdf-encrypted", pdf);
        }
    }

    @Test
    void damagedDocuments_areRefused() {
        var whole = Papers.pages(2).toByteArray();
        var text = new String(whole, StandardCharsets.ISO_8859_1);
        for (var broken : List.of(
                "",
                "no PDF",
                "%PDF-1.7\nnothing\n%%EOF",
                text.substring(0, whole.length / 2),
                text.substring(0, whole.length - 20),
                text.replaceAll("startxref\\s+\\d+", "startxref\n17"),
                text.replace("/Type/Catalog", "/Type/Nothing").replace("/Pages ", "/Sages "),
                text.replaceAll("/Kids\\[[^]]*]", "/Kids(none)"),
                text.replace("/Count 2", "/Count 7"))) {
            var pdf = DocumentBytes.of(broken.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> Papers.stamped(pdf))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isIn("pdf-form", "pdf-no-pages"));
        }
    }

    @Test
    void documentWithoutPages_isRefused() {
        var text = new String(Papers.pages(1).toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("/Count 1", "/Count 0")
                .replaceAll("/Kids\\[\\d 0 R]", "/Kids[     ]");
        assertRefused("pdf-no-pages", DocumentBytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void xfaForm_isRefused() {
        var pdf = Papers.changed(Papers.pages(1), document -> {
            var form = new PdfDictionary();
            form.put(PdfName.XFA, new PdfStream("<xdp/>".getBytes(StandardCharsets.US_ASCII)).makeIndirect(document));
            form.put(PdfName.Fields, new PdfArray());
            document.getCatalog().put(PdfName.AcroForm, form);
        });
        assertRefused("pdf-xfa", pdf);
    }

    @Test
    void certifiedAgainstChanges_isRefused_andOthersAreNot() {
        var first = PdfStamp.baseline("first", Samples.signer(Suite.RSA_SHA256), Samples.AT, "");
        assertRefused(
                "pdf-no-changes-allowed", Samples.signed(Papers.pages(1), first.certifying(PdfStamp.Certification.P1)));
        for (var certification : List.of(PdfStamp.Certification.P2, PdfStamp.Certification.P3)) {
            var certified = Samples.signed(Papers.pages(1), first.certifying(certification));
            PdfVerifierTest.assertPasses(
                    Papers.stamped(certified, new Place.OnPage(1, 100, 100)).document(), 2);
        }
    }

    @Test
    void secondSignature_cannotCertify() {
        var signed = Samples.stamped(Papers.pages(1), Suite.SM2_SM3);
        assertThatThrownBy(() -> Samples.signed(signed, Papers.stamp().certifying(PdfStamp.Certification.P2)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("pdf-certification"));
    }

    @Test
    void fieldThatLocksOthersWhenSigned_isObeyed() {
        for (var lock : List.of("All", "Include", "Exclude")) {
            var form = Papers.document(document -> {
                document.addNewPage(PageSize.A4);
                var acroForm = PdfFormCreator.getAcroForm(document, true);
                for (var name : List.of("one", "two", "three")) {
                    var field = new SignatureFormFieldBuilder(document, name)
                            .setWidgetRectangle(new Rectangle(100, 100, 200, 200))
                            .setPage(1)
                            .createSignature();
                    if (name.equals("one")) {
                        var locked = new PdfDictionary();
                        locked.put(PdfName.Type, new PdfName("SigFieldLock"));
                        locked.put(PdfName.Action, new PdfName(lock));
                        locked.put(PdfName.Fields, new PdfArray(new PdfString("two")));
                        field.getPdfObject().put(PdfName.Lock, locked);
                    }
                    acroForm.addField(field);
                }
            });
            var signed = Papers.stamped(form, new Place.AtField("one")).document();
            assertThat(new String(signed.toByteArray(), StandardCharsets.ISO_8859_1))
                    .contains("/FieldMDP");
            var second = new Place.AtField("two");
            var third = new Place.AtField("three");
            switch (lock) {
                case "All" -> {
                    assertRefused("pdf-no-changes-allowed", signed, second);
                    assertRefused("pdf-no-changes-allowed", signed);
                }
                case "Include" -> {
                    assertRefused("pdf-no-changes-allowed", signed, second);
                    assertThat(Papers.stamped(signed, third).stamped().placed()).hasSize(1);
                }
                default -> {
                    assertRefused("pdf-no-changes-allowed", signed, third);
                    assertThat(Papers.stamped(signed, second).stamped().placed())
                            .hasSize(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--linearize", "--object-streams=generate", "--object-streams=disable", "--qdf"})
    void formsOfFilesThatQpdfWrites_areExtended(String option) throws Exception {
        assertExtended(qpdf(Papers.pages(3), option));
    }

    @Test
    void hybridCrossReference_isExtended() throws Exception {
        assertExtended(Hybrid.document());
    }

    private void assertExtended(DocumentBytes pdf) throws Exception {
        var once = Papers.stamped(pdf, new Place.OnPage(1, 100, 100)).document();
        var twice = Samples.stamped(once, Suite.SM2_SM3);
        assertThat(Arrays.copyOf(twice.toByteArray(), once.size())).isEqualTo(once.toByteArray());
        assertThat(Arrays.copyOf(once.toByteArray(), pdf.size())).isEqualTo(pdf.toByteArray());
        Files.write(folder.resolve("x.pdf"), twice.toByteArray());
        assertThat(Tool.run(folder, "qpdf", "--check", "x.pdf").text())
                .contains("No syntax or stream encoding errors found");
        assertThat(Tool.run(folder, "pdfsig", "-nocert", "x.pdf").text())
                .contains("Signature Validation: Signature is Valid.");
        PdfVerifierTest.assertPasses(twice, 2);
    }

    @Test
    void hiddenContent_isRefusedByKind_andToldWhenAccepted() {
        for (var one : hidden().entrySet()) {
            for (var made : one.getValue()) {
                var pdf = Papers.changed(Papers.pages(2), made);
                assertThatThrownBy(() -> Papers.stamped(pdf))
                        .as("%s", one.getKey())
                        .isInstanceOfSatisfying(InvalidInput.class, e -> {
                            assertThat(e.code()).isEqualTo("hidden-content");
                            assertThat(e.getMessage()).contains(one.getKey().name());
                        });
                var others = Stream.of(Warning.Kind.values())
                        .filter(kind -> kind != one.getKey())
                        .toArray(Warning.Kind[]::new);
                assertThatThrownBy(
                                () -> new PdfStamper().stamp(pdf, Papers.stamp().accepting(others)))
                        .isInstanceOf(InvalidInput.class);
                var accepted = new PdfStamper().stamp(pdf, Papers.stamp().accepting(one.getKey()));
                assertThat(accepted.stamped().warnings())
                        .extracting(Warning::kind)
                        .containsExactly(one.getKey());
                assertThat(accepted.stamped().warnings().getFirst().detail()).hasSizeBetween(5, 200);
            }
        }
    }

    private static Map<Warning.Kind, List<Papers.Work<PdfDocument>>> hidden() {
        return Map.of(
                Warning.Kind.ACTIVE_CONTENT,
                List.of(
                        document -> document.getCatalog().setOpenAction(PdfAction.createJavaScript("app.alert(1)")),
                        document -> document.getCatalog()
                                .setAdditionalAction(PdfName.WC, PdfAction.createJavaScript("app.alert(1)")),
                        document -> document.getCatalog()
                                .getNameTree(PdfName.JavaScript)
                                .addEntry("a", PdfAction.createJavaScript("1").getPdfObject()),
                        document -> document.getPage(2)
                                .setAdditionalAction(PdfName.O, PdfAction.createJavaScript("app.alert(1)")),
                        document -> link(document, PdfAction.createJavaScript("app.alert(1)")),
                        document -> link(document, chain(PdfAction.createGoTo("seal"))),
                        document -> link(document, action("Hide")),
                        document -> link(document, action("Unheard")),
                        document -> document.getCatalog().setOpenAction(chain(action("Named")))),
                Warning.Kind.EXTERNAL_REFERENCE,
                List.of(
                        document -> link(
                                document,
                                PdfAction.createLaunch(PdfFileSpec.createExternalFileSpec(document, "calc.exe"))),
                        document -> link(document, PdfAction.createGoToR("other.pdf", 1)),
                        document -> link(document, PdfAction.createURI("file:///etc/passwd")),
                        document -> link(document, PdfAction.createURI("\\\\host\\share")),
                        document -> link(document, action("SubmitForm")),
                        document -> document.getCatalog().setOpenAction(PdfAction.createURI("https://example.org/")),
                        document -> {
                            var elsewhere = new PdfStream(new byte[] {'q', ' ', 'Q'});
                            elsewhere.put(PdfName.F, new PdfString("other.bin"));
                            document.getPage(1).put(PdfName.Contents, elsewhere.makeIndirect(document));
                        }),
                Warning.Kind.EMBEDDED_FILE,
                List.of(
                        document -> document.addFileAttachment(
                                "附件", PdfFileSpec.createEmbeddedFileSpec(document, new byte[9], "a", "a.bin", null)),
                        document -> {
                            var annotation = new com.itextpdf.kernel.pdf.annot.PdfFileAttachmentAnnotation(
                                    new Rectangle(10, 10, 10, 10),
                                    PdfFileSpec.createEmbeddedFileSpec(document, new byte[9], "a", "a.bin", null));
                            document.getPage(1).addAnnotation(annotation);
                        },
                        document -> document.getCatalog()
                                .put(
                                        PdfName.AF,
                                        new PdfArray(PdfFileSpec.createEmbeddedFileSpec(
                                                        document, new byte[9], "a", "a.bin", null)
                                                .getPdfObject()))),
                Warning.Kind.HIDDEN_LAYER,
                List.of(document -> {
                    var layer = new PdfLayer("hidden", document);
                    layer.setOn(false);
                    document.getPage(1).getResources().addProperties(layer.getPdfObject());
                }));
    }

    private static PdfAction action(String type) {
        var dictionary = new PdfDictionary();
        dictionary.put(PdfName.S, new PdfName(type));
        return new PdfAction(dictionary);
    }

    private static PdfAction chain(PdfAction harmless) {
        harmless.next(PdfAction.createJavaScript("app.alert(1)"));
        return harmless;
    }

    private static void link(PdfDocument document, PdfAction action) {
        document.getPage(2).addAnnotation(new PdfLinkAnnotation(new Rectangle(10, 10, 50, 20)).setAction(action));
    }

    @Test
    void plainLinksDestinationsAndVisibleLayers_areNothingToTell() {
        var pdf = Papers.changed(Papers.pages(2), document -> {
            link(document, PdfAction.createURI("https://example.org/"));
            link(document, PdfAction.createURI("mailto:a@example.org"));
            link(document, action("Named"));
            document.getCatalog()
                    .setOpenAction(
                            com.itextpdf.kernel.pdf.navigation.PdfExplicitDestination.createFit(document.getPage(1)));
            var layer = new PdfLayer("shown", document);
            document.getPage(1).getResources().addProperties(layer.getPdfObject());
        });
        assertThat(Papers.stamped(pdf).stamped().warnings()).isEmpty();
    }

    @Test
    void actionsInACircle_end() {
        var pdf = Papers.changed(Papers.pages(2), document -> {
            var one = (PdfDictionary) action("GoTo").getPdfObject().makeIndirect(document);
            var other = (PdfDictionary) action("Thread").getPdfObject().makeIndirect(document);
            one.put(PdfName.Next, other);
            other.put(PdfName.Next, new PdfArray(List.of(one, other)));
            document.getCatalog().put(PdfName.OpenAction, one);
        });
        assertThat(Papers.stamped(pdf).stamped().warnings()).isEmpty();
    }

    private DocumentBytes qpdf(DocumentBytes pdf, String... options) throws Exception {
        Files.write(folder.resolve("in.pdf"), pdf.toByteArray());
        Files.deleteIfExists(folder.resolve("out.pdf"));
        var command = Stream.of(Stream.of("qpdf", "in.pdf"), Stream.of(options), Stream.of("out.pdf"))
                .flatMap(part -> part)
                .toArray(String[]::new);
        var answer = Tool.run(folder, command);
        assertThat(answer.exit()).as(answer.text()).isZero();
        return DocumentBytes.owning(Files.readAllBytes(folder.resolve("out.pdf")));
    }

    private static void assertRefused(String code, DocumentBytes pdf, Place... places) {
        assertThatThrownBy(() -> Papers.stamped(pdf, places))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

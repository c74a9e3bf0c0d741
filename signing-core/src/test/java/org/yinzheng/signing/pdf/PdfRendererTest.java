package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.io.font.FontProgramFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;

/// What iText wrote, read by PDFBox and by tools that are not Java; a tool that is missing is a failure.
class PdfRendererTest {
    private static final String TEMPLATE = """
            page: {width: 100, height: 80}
            seal: [10, 10, 40, 40]
            styles:
              value: {face: serif, size: 5, minimum: 3, colour: "#102030"}
              label: {face: serif_bold, size: 5, colour: "#102030"}
              note: {face: sans, size: 3, colour: "#102030"}
            elements:
              - border: {area: [2, 2, 96, 76], band: 6, period: 10, colour: "#b08a3e", lineWidth: 0.15}
              - rosette: {centre: [50, 40], radii: [10, 30], petals: 16, strands: 3, colour: "#eeeeee", lineWidth: 0.1}
              - text: {text: 名称, at: [20, 20], width: 30, style: label, align: spread}
              - text: {text: "{NAME}", at: [20, 30], width: 60, style: value}
              - text: {text: "{SCOPE}", at: [20, 40], width: 60, lines: 4, style: value, align: justify}
              - text: {text: "编号 {NUMBER}", at: [20, 70], width: 60, style: note}
              - qr: {area: [80, 60, 12, 12], colour: "#102030"}
            """;
    private static final String LICENCE = "1.2.156.3005.2.113399000077441170001.11339900MB0K25177N.17.001.X";

    private final Typefaces typefaces = Typefaces.find();

    private Page page() {
        return new Layout(typefaces)
                .lay(
                        Template.parse(TEMPLATE),
                        Map.of("NAME", "𠮷田（上海）", "SCOPE", "软件开发；信息系统集成服务；数据处理和存储支持服务。", "NUMBER", "2026A-17"),
                        "https://example.org/v/1");
    }

    private DocumentBytes render(PdfRenderer renderer) {
        return renderer.render(
                page(),
                new DocumentInfo(
                        "营业执照 <A&B>",
                        LICENCE,
                        new TreeMap<>(Map.of("ZZMC", "营业执照 <A&B>")),
                        Instant.parse("2026-11-21T08:00:00Z")));
    }

    @Test
    void text_readByPdfBox_isInReadingOrder() throws IOException {
        try (var document = Loader.loadPDF(render(new PdfRenderer(typefaces)).toByteArray())) {
            assertThat(new PDFTextStripper().getText(document).lines().map(String::strip))
                    .containsSubsequence("名称", "𠮷田（上海）", "编号 2026A-17");
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s", ""))
                    .contains("软件开发；信息系统集成服务；数据处理和存储支持服务。");
            var info = document.getDocumentInformation();
            assertThat(info.getTitle()).isEqualTo("营业执照 <A&B>");
            assertThat(info.getCustomMetadataValue("YinzhengLicenceId")).isEqualTo(LICENCE);
            var catalog = document.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("zh-CN");
            var xmp = new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8);
            assertThat(xmp)
                    .contains("<yz:ZZMC>营业执照 &lt;A&amp;B&gt;</yz:ZZMC>")
                    .contains("<yz:YinzhengLicenceId>" + LICENCE);
        }
    }

    @Test
    void file_givenToPopplerAndQpdf_isSoundAndSelfContained(@TempDir Path folder) throws Exception {
        var file = folder.resolve("licence.pdf");
        Files.write(file, render(new PdfRenderer(typefaces)).toByteArray());
        assertThat(run("pdftotext", file.toString(), "-").replaceAll("\\s", ""))
                .contains("名称", "𠮷田（上海）", "软件开发；信息系统集成服务；数据处理和存储支持服务。", "编号2026A-17");
        var fonts = run("pdffonts", file.toString()).lines().skip(2).toList();
        assertThat(fonts).hasSize(3).allSatisfy(line -> assertThat(line).contains("Identity-H       yes yes yes"));
        assertThat(run("qpdf", "--check", file.toString())).contains("No syntax or stream encoding errors");
    }

    @Test
    void file_renderedTwice_isSameBytes() {
        var renderer = new PdfRenderer(typefaces);
        var first = render(renderer);
        assertThat(render(renderer)).isEqualTo(first);
        assertThat(render(new PdfRenderer(Typefaces.find()))).isEqualTo(first);
    }

    @Test
    void subsetFont_readByIText_hasTheSameAdvances() throws IOException {
        var subset = java.util.Objects.requireNonNull(
                typefaces.subsets(java.util.List.of(page())).get(Face.SERIF));
        var program = FontProgramFactory.createFont(subset.trueType().toByteArray(), false);
        subset.advances().forEach((codePoint, advance) -> {
            var glyph = program.getGlyph(codePoint);
            assertThat(glyph.getWidth()).isEqualTo(advance);
            assertThat(glyph.getCode()).isEqualTo(subset.glyph(codePoint));
        });
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(List.of(command) + "\n" + output).isZero();
        return output;
    }
}

package org.yinzheng.registry.conversion.index;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.signing.InvalidInput;

class IndexTest {
    private static final Catalogue CATALOGUE = Catalogue.of(List.of(pack("1", "甲证", "名号"), pack("2", "乙证", "地址")));
    private static final String HEADER = "证照类型,证照编号,持证主体,持证主体代码,有效期起,有效期止,扫描件,名号";
    private static final String ROW = "甲证,A-1,某公司,CODE,2026-11-21,长期,a.jpg,字号";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void csv_inEitherEncoding_readsTheSame(String encoding) throws IOException {
        var index = csv(HEADER + "\r\n" + ROW.replace("字号", "林𠮷安") + "\r\n", Charset.forName(encoding));
        assertThat(read(index))
                .containsExactly(List.of("2", "甲证", "A-1", "某公司", "CODE", "2026-11-21", "长期", "a.jpg", "林𠮷安"));
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void csv_withByteOrderMark_findsItsFirstColumn() throws IOException {
        assertThat(read(csv("\ufeff" + HEADER + "\n" + ROW, UTF_8))).hasSize(1);
    }

    @Test
    void csv_inUtf16_saysSo() {
        assertInvalid("index-encoding", () -> csv("\ufeff" + HEADER + "\n" + ROW, UTF_16LE));
    }

    @Test
    void csv_inNoEncoding_isRefused() throws IOException {
        var file = folder.resolve("broken.csv");
        Files.write(file, new byte[] {(byte) 0xd6, (byte) 0xa4, ',', (byte) 0xff, (byte) 0xff, '\n'});
        assertInvalid("index-encoding", () -> Index.open(file, CATALOGUE));
    }

    @Test
    void csv_withEmptyLines_countsThemAndLeavesThemOut() throws IOException {
        var index = csv(HEADER + "\n\n" + ROW + "\n,,,,,,,\n" + ROW + "\n\n", UTF_8);
        assertThat(index.size()).isEqualTo(2);
        assertThat(read(index)).extracting(List::getFirst).containsExactly("3", "5");
    }

    @Test
    void csv_withAnOpenQuote_isRefusedBeforeAnythingIsDone() {
        assertInvalid(
                "index-csv", () -> csv(HEADER + "\n" + ROW + "\n甲证,\"A-2,x\n" + (ROW + "\n").repeat(9_000), UTF_8));
    }

    @Test
    void csv_withAFieldBeyondTheCap_isRefused() {
        assertInvalid("index-csv", () -> csv(HEADER + "\n" + "长".repeat(70_000), UTF_8));
    }

    @Test
    void csv_withTooManyColumns_isRefused() {
        assertInvalid("index-csv", () -> csv(HEADER + ",x".repeat(300) + "\n", UTF_8));
    }

    @Test
    void cell_thatCannotBeTakenAtItsWord_isUnusable() throws IOException {
        var index = csv(HEADER + "\n甲证,A\u202e1,某\u0007司,=1+1," + "长".repeat(5_000) + ",\u3000长期 ,,\n", UTF_8);
        try (var rows = index.rows()) {
            var cells = rows.next().orElseThrow().cells();
            assertThat(cells)
                    .extracting(Cell::usable)
                    .containsExactly(true, false, false, true, false, true, true, true);
            // text in a CSV is text: nobody computes it
            assertThat(cells.get(3).text()).isEqualTo("=1+1");
            assertThat(cells.get(5).text()).isEqualTo("长期");
        }
    }

    @Test
    void missingColumn_isNamedWithWhatIsExpected() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> csv(HEADER.replace("扫描件,", "") + "\n", UTF_8))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("missing-column");
                    assertThat(e.field()).isEqualTo("扫描件");
                    assertThat(e.getMessage()).contains("持证主体代码", "甲证：名号", "乙证：地址");
                });
    }

    @Test
    void missingColumnOfAType_mattersOnlyWhenARowIsOfIt() throws IOException {
        assertThat(csv(HEADER + "\n" + ROW, UTF_8).size()).isEqualTo(1);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> csv(HEADER + "\n" + ROW + "\n" + ROW.replace("甲证", "乙证"), UTF_8))
                .satisfies(e -> assertThat(List.of(e.code(), e.field())).containsExactly("missing-column", "地址"));
    }

    @Test
    void unknownColumn_isNamed() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> csv(HEADER + ",备注\n" + ROW, UTF_8))
                .satisfies(e -> assertThat(List.of(e.code(), e.field())).containsExactly("unknown-column", "备注"));
    }

    @Test
    void duplicateColumn_isNamed() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> csv(HEADER + ",名号\n" + ROW, UTF_8))
                .satisfies(e -> assertThat(List.of(e.code(), e.field())).containsExactly("duplicate-column", "名号"));
    }

    @Test
    void emptyFile_isRefused() {
        assertInvalid("index-empty", () -> csv("", UTF_8));
    }

    @Test
    void xlsx_withDatesAndNumbers_readsAsTheirText() throws IOException {
        var index = xlsx(sheet -> {
            sheet.value(1, 0, "甲证");
            sheet.value(1, 1, 123_456);
            sheet.value(1, 4, LocalDate.of(2026, 11, 21));
            sheet.style(1, 4).format("yyyy\"年\"m\"月\"d\"日\"").set();
            sheet.value(1, 5, LocalDate.of(2027, 1, 2));
            sheet.style(1, 5).format("yyyy/m/d").set();
        });
        assertThat(read(index).getFirst()).startsWith("2", "甲证", "123456", "", "", "2026-11-21", "2027-01-02");
    }

    @Test
    void xlsx_formulaOrRoundedNumber_isUnusable() throws IOException {
        var index = xlsx(sheet -> {
            sheet.value(1, 0, "甲证");
            sheet.formula(1, 1, "A1");
            sheet.value(1, 3, 330_102_199_001_011_234L);
        });
        try (var rows = index.rows()) {
            assertThat(rows.next().orElseThrow().cells())
                    .extracting(Cell::usable)
                    .containsExactly(true, false, true, false);
        }
    }

    @Test
    void xlsx_thatUnpacksTooFar_isRefused() throws IOException {
        var file = folder.resolve("bomb.xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 70; i++) {
                zip.write(zeros);
            }
        }
        assertThat(Files.size(file)).isLessThan(200_000);
        assertInvalid("index-size", () -> Index.open(file, CATALOGUE));
    }

    @Test
    void xlsx_withACellFarAway_isRefusedBeforeTheColumnsBetweenAreMade() throws IOException {
        var file = folder.resolve("far.xlsx");
        Files.write(
                file,
                with(
                        workbook(sheet -> sheet.value(1, 0, "甲证")),
                        "xl/worksheets/sheet1.xml",
                        "r=\"A2\"",
                        "r=\"ZZZZZZ2\""));
        assertInvalid("index-xlsx", () -> Index.open(file, CATALOGUE));
    }

    @Test
    void xlsx_thatIsSomeOtherZip_isRefused() throws IOException {
        var file = folder.resolve("other.xlsx");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("hello.txt"));
        }
        assertInvalid("index-xlsx", () -> Index.open(file, CATALOGUE));
    }

    private Index csv(String text, Charset charset) throws IOException {
        var file = folder.resolve("index.csv");
        Files.write(file, text.getBytes(charset));
        return Index.open(file, CATALOGUE);
    }

    private interface Filling {
        void fill(org.dhatim.fastexcel.Worksheet sheet);
    }

    private Index xlsx(Filling filling) throws IOException {
        var file = folder.resolve("index.xlsx");
        Files.write(file, workbook(filling));
        return Index.open(file, CATALOGUE);
    }

    private static byte[] workbook(Filling filling) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("索引");
            var titles = List.of(HEADER.split(",", -1));
            for (int i = 0; i < titles.size(); i++) {
                sheet.value(0, i, titles.get(i));
            }
            filling.fill(sheet);
        }
        return bytes.toByteArray();
    }

    private static byte[] with(byte[] workbook, String part, String old, String changed) throws IOException {
        var file = Files.createTempFile("workbook", ".xlsx");
        var bytes = new ByteArrayOutputStream();
        Files.write(file, workbook);
        try (var in = new java.util.zip.ZipFile(file.toFile());
                var out = new ZipOutputStream(bytes)) {
            for (var entry : in.stream().toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                var content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(part)) {
                    var text = new String(content, UTF_8);
                    assertThat(text).contains(old);
                    content = text.replace(old, changed).getBytes(UTF_8);
                }
                out.write(content);
            }
        } finally {
            Files.delete(file);
        }
        return bytes.toByteArray();
    }

    private static List<List<String>> read(Index index) {
        var all = new ArrayList<List<String>>();
        try (var rows = index.rows()) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                var texts = new ArrayList<>(List.of(Long.toString(row.get().number())));
                row.get().cells().forEach(cell -> texts.add(cell.text()));
                all.add(texts);
            }
        }
        return all;
    }

    private static void assertInvalid(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(call).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static String pack(String code, String name, String field) {
        return """
                code: 11339900007744117000%s
                version: "1"
                name: {zh: %s, en: Test}
                holderKind: CREDIT_CODE
                validity: none
                schema:
                  type: object
                  required: [KZ_A]
                  properties:
                    KZ_A: {title: %s, type: string}
                template:
                  page: {width: 100, height: 100}
                  seal: [10, 10, 20, 20]
                  styles: {}
                  elements: []
                """.formatted(code, name, field);
    }
}

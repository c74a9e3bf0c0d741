package org.yinzheng.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Digest;
import org.yinzheng.testdata.ExpectedRejection.Kind;

class SampleStockTest {
    private static final long SEED = 20_260_101;

    @TempDir
    static Path folder;

    private static List<StockRow> rows = List.of();

    @BeforeAll
    static void writeOnce() throws IOException {
        SampleStock.write(folder, SEED, 40);
        rows = StockRows.invent(SEED, 40);
    }

    @Test
    void index_has40RowsAndSixMistakesOfSixKinds() throws IOException {
        assertThat(Files.readAllLines(folder.resolve("index.csv"))).hasSize(41);
        assertThat(SampleStock.expectedRejections())
                .extracting(ExpectedRejection::kind)
                .containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void index_asCsv_beginsWithAByteOrderMarkAndTheHeader() throws IOException {
        String text = Files.readString(folder.resolve("index.csv"));

        assertThat(text).startsWith("\uFEFF证照类型,证照编号,持证主体,持证主体代码,有效期起,有效期止,扫描件,类型,");
    }

    @Test
    void index_asXlsx_hasTheSameCells() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("index.xlsx"));
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            List<List<String>> cells = workbook.getFirstSheet().read().stream()
                    .map(row -> row.stream().map(cell -> cell.getText()).toList())
                    .toList();
            assertThat(cells).isEqualTo(IndexFile.table(rows));
        }
    }

    @Test
    void columns_areTheTitlesOfTheCataloguesFields() throws IOException {
        List<String> header = IndexFile.table(rows).getFirst();

        assertThat(header.subList(7, header.size()))
                .containsExactlyInAnyOrderElementsOf(Stream.of("business-licence", "residence-permit")
                        .flatMap(pack -> titles("/catalogue/" + pack + ".yaml"))
                        .toList());
    }

    @Test
    void holderCodes_passTheirCheckDigit_exceptInTheRowThatIsToFail() {
        assertThat(rowsWhere(row -> !row.holderCode().equals(recomputed(row.holderCode()))))
                .containsExactly(rowOf(Kind.CHECK_DIGIT));
    }

    @Test
    void validity_endsAfterItBegins_exceptInTheRowThatIsToFail() {
        assertThat(rowsWhere(row -> row.until().filter(row.from()::isAfter).isPresent()))
                .containsExactly(rowOf(Kind.DATE_ORDER));
    }

    @Test
    void numbers_areUniqueWithinTheirType_exceptInTheRowThatIsToFail() {
        Map<String, Integer> first = new TreeMap<>();
        assertThat(rowsWhere(row -> first.putIfAbsent(row.type() + row.number(), 1) != null))
                .containsExactly(rowOf(Kind.DUPLICATE));
    }

    @Test
    void types_areTheCatalogues_exceptInTheRowThatIsToFail() {
        assertThat(rowsWhere(row -> !List.of("营业执照", "居住证").contains(row.type())))
                .containsExactly(rowOf(Kind.UNKNOWN_TYPE));
    }

    @Test
    void scans_areThere_exceptTheOneThatIsToBeMissing() {
        assertThat(rowsWhere(row -> !Files.exists(scan(row)))).containsExactly(rowOf(Kind.MISSING_SCAN));
    }

    @Test
    void scans_decodeToAWholePage_exceptTheBrokenOne() {
        assertThat(rowsWhere(row -> Files.exists(scan(row)) && !decodes(scan(row))))
                .containsExactly(rowOf(Kind.UNREADABLE_SCAN));
    }

    @Test
    void scans_areOfAllKinds_andOfModerateSize() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("scans"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(39).allSatisfy(file -> assertThat(Files.size(file))
                    .isLessThan(300_000));
            assertThat(all.stream().map(file -> file.toString().replaceAll(".*\\.", "")))
                    .contains("jpg", "png", "tif");
        }
    }

    @Test
    void names_includeOneBeyondSixteenBits_andLongOnes() {
        assertThat(rows.stream().map(StockRow::holder))
                .anyMatch(name -> name.codePoints().anyMatch(Character::isSupplementaryCodePoint))
                .anyMatch(name -> name.length() > 30)
                .anyMatch(name -> name.contains("·"));
    }

    @Test
    void sameSeed_writesTheSameBytes_anotherSeedInventsOthers(@TempDir Path again) throws IOException {
        SampleStock.write(again, SEED, 40);

        assertThat(digests(again)).isEqualTo(digests(folder));
        assertThat(StockRows.invent(SEED + 1, 40)).doesNotContainAnyElementsOf(rows);
    }

    @Test
    void tooFewRowsForAllMistakes_isRefused(@TempDir Path small) {
        assertThatThrownBy(() -> SampleStock.write(small, SEED, 29)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<String> titles(String pack) {
        try (InputStream in = SampleStock.class.getResourceAsStream(pack)) {
            String yaml = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\\{title: ([^,}]+), type")
                    .matcher(yaml)
                    .results()
                    .map((MatchResult m) -> m.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> rowsWhere(java.util.function.Predicate<StockRow> wrong) {
        return java.util.stream.IntStream.range(0, rows.size())
                .filter(i -> wrong.test(rows.get(i)))
                .mapToObj(i -> i + StockRows.FIRST_ROW)
                .toList();
    }

    private static int rowOf(Kind kind) {
        return SampleStock.expectedRejections().stream()
                .filter(rejection -> rejection.kind() == kind)
                .mapToInt(ExpectedRejection::row)
                .findFirst()
                .orElseThrow();
    }

    private static String recomputed(String code) {
        if (code.startsWith("91")) {
            return CheckDigits.creditCode("91", code.substring(2, 8), code.substring(8, 16));
        }
        var birth = java.time.LocalDate.parse(code.substring(6, 14), java.time.format.DateTimeFormatter.BASIC_ISO_DATE);
        return CheckDigits.citizenId(code.substring(0, 6), birth, Integer.parseInt(code.substring(14, 17)));
    }

    private static Path scan(StockRow row) {
        return folder.resolve("scans").resolve(row.scan());
    }

    private static boolean decodes(Path file) {
        try {
            var image = ImageIO.read(file.toFile());
            return image != null && image.getWidth() == 1240 && image.getHeight() == 877;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, Digest> digests(Path root) throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(root.relativize(file).toString(), Digest.sha256(Files.readAllBytes(file)));
            }
        }
        return digests;
    }
}

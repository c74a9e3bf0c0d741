package org.yinzheng.registry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.ExpectedRejection;
import org.yinzheng.testdata.SampleStock;

/// The sample stock of 40 rows, converted once; what came of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockConversionTest {
    private static final int ROWS = 40;
    private static final int WRONG = 6;
    private static final int RIGHT = ROWS - WRONG;

    private Path stock;
    private Path output;
    private TestInstallation here;
    private ConversionBench bench;
    private BatchReport report;

    @BeforeAll
    void convert(@TempDir Path directory) throws IOException {
        stock = directory.resolve("stock");
        output = directory.resolve("output");
        SampleStock.write(stock, 7, ROWS);
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        bench = new ConversionBench(here, here.database);
        report = bench.run(stock.resolve("index.csv"), stock.resolve("scans"), output);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void stock_hasALicenceOrAReasonForEachRow() {
        assertThat(report.stopped()).isEmpty();
        assertThat(List.of(
                        report.rows(), report.accepted(), report.alreadyConverted(), report.rejected(), report.left()))
                .containsExactly((long) ROWS, (long) RIGHT, 0L, (long) WRONG, 0L);
        assertThat(bench.count("licence")).isEqualTo(RIGHT);
        var ofThisBatch = "batch_id = '" + report.batch() + "'";
        assertThat(bench.count("batch_item WHERE state = 'ACCEPTED' AND " + ofThisBatch))
                .isEqualTo(RIGHT);
        assertThat(bench.count("batch_item WHERE state = 'REJECTED' AND " + ofThisBatch))
                .isEqualTo(WRONG);
        assertThat(bench.count("batch WHERE finished_at IS NOT NULL AND " + ofThisBatch))
                .isEqualTo(1);
    }

    @Test
    void wrongCheckDigit_isRejected() {
        assertRejected(ExpectedRejection.Kind.CHECK_DIGIT, "持证主体代码", RejectionReason.CHECK_DIGIT);
    }

    @Test
    void scanThatIsNotThere_isRejected() {
        assertRejected(ExpectedRejection.Kind.MISSING_SCAN, "扫描件", RejectionReason.SCAN_MISSING);
    }

    @Test
    void scanThatBrokeOff_isRejected() {
        assertRejected(ExpectedRejection.Kind.UNREADABLE_SCAN, "扫描件", RejectionReason.SCAN_UNREADABLE);
    }

    @Test
    void endBeforeBeginning_isRejected() {
        assertRejected(ExpectedRejection.Kind.DATE_ORDER, "有效期止", RejectionReason.DATE_ORDER);
    }

    @Test
    void sameTypeAndNumberAgain_isRejected() {
        assertRejected(ExpectedRejection.Kind.DUPLICATE, "证照编号", RejectionReason.DUPLICATE);
    }

    @Test
    void typeThatTheCatalogueLacks_isRejected() {
        assertRejected(ExpectedRejection.Kind.UNKNOWN_TYPE, "证照类型", RejectionReason.UNKNOWN_TYPE);
    }

    @Test
    void acceptedFile_namesRowTypeAndLicence_inTheOrderOfTheRows() {
        var lines = ConversionBench.lines(report.acceptedFile());
        assertThat(lines).hasSize(RIGHT).allSatisfy(line -> {
            var licence = bench.licences.find(new LicenceId(line.get(2))).orElseThrow();
            assertThat(licence.typeName()).isEqualTo(line.get(1));
            assertThat(licence.provenance().map(Provenance::batch)).hasValue(report.batch());
            assertThat(licence.provenance().map(Provenance::operator)).hasValue(ConversionBench.OPERATOR.subject());
        });
        assertThat(lines).extracting(line -> Long.parseLong(line.get(0))).isSorted();
        assertThat(lines).extracting(line -> line.get(2)).doesNotHaveDuplicates();
    }

    @Test
    void licence_namesItsScan() throws IOException {
        var first = ConversionBench.lines(report.acceptedFile()).getFirst();
        assertThat(first.get(0)).isEqualTo("2");
        var cells =
                List.of(Files.readAllLines(stock.resolve("index.csv")).get(1).split(",", -1));
        var scan = Files.readAllBytes(stock.resolve("scans").resolve(cells.get(6)));
        var licence = bench.licences.find(new LicenceId(first.get(2))).orElseThrow();
        assertThat(licence.provenance().map(Provenance::scan))
                .hasValue(DocumentBytes.of(scan).sha256());
        assertThat(licence.number().value()).isEqualTo(cells.get(1));
    }

    @Test
    void bothRenditions_areExported() throws IOException {
        for (var line : ConversionBench.lines(report.acceptedFile())) {
            assertThat(output.resolve("converted/" + line.get(2) + ".pdf"))
                    .binaryContent()
                    .startsWith('%', 'P', 'D', 'F');
            assertThat(output.resolve("converted/" + line.get(2) + ".ofd"))
                    .binaryContent()
                    .startsWith('P', 'K');
        }
        try (var files = Files.list(output.resolve("converted"))) {
            assertThat(files).hasSize(2 * RIGHT);
        }
    }

    @Test
    void resultFilesAndLedger_holdNoNumberOfAnybody() throws IOException {
        var told = Files.readString(report.acceptedFile())
                + Files.readString(report.rejectedFile())
                + TestPostgres.dump(bench.database, "batch")
                + TestPostgres.dump(bench.database, "batch_item");
        for (var line : Files.readAllLines(stock.resolve("index.csv")).subList(1, ROWS + 1)) {
            var cells = List.of(line.split(",", -1));
            assertThat(told)
                    .doesNotContain(cells.get(1))
                    .doesNotContain(cells.get(2))
                    .doesNotContain(cells.get(3));
        }
        assertThat(Files.readString(report.rejectedFile())).startsWith("\ufeff行号,栏目,原因代码,原因,reason\r\n");
    }

    @Test
    void secondRun_makesNothingTwice(@TempDir Path elsewhere) {
        var again = bench.run(stock.resolve("index.csv"), stock.resolve("scans"), elsewhere);
        assertAllAlreadyConverted(again);
        assertThat(again.batch()).isEqualTo(report.batch());
        assertThat(elsewhere.resolve("converted")).isDirectoryContaining("glob:**.pdf");
    }

    @Test
    void indexInGb18030_answersTheSame(@TempDir Path elsewhere) throws IOException {
        var text = Files.readString(stock.resolve("index.csv")).substring(1);
        var index = Files.write(elsewhere.resolve("index.csv"), text.getBytes(Charset.forName("GB18030")));
        assertThat(Files.readAllBytes(index)).isNotEqualTo(text.getBytes(UTF_8));
        assertAllAlreadyConverted(bench.run(index, stock.resolve("scans"), elsewhere.resolve("output")));
    }

    @Test
    void indexAsWorkbook_answersTheSame(@TempDir Path elsewhere) {
        assertAllAlreadyConverted(
                bench.run(stock.resolve("index.xlsx"), stock.resolve("scans"), elsewhere.resolve("output")));
    }

    /// The same rows, whatever file they come in: nothing new, the same licences, the same reasons.
    private void assertAllAlreadyConverted(BatchReport again) {
        assertThat(again.stopped()).isEmpty();
        assertThat(List.of(again.accepted(), again.alreadyConverted(), again.rejected(), again.left()))
                .containsExactly(0L, (long) RIGHT, (long) WRONG, 0L);
        assertThat(again.acceptedFile()).hasSameTextualContentAs(report.acceptedFile());
        assertThat(again.rejectedFile()).hasSameTextualContentAs(report.rejectedFile());
        assertThat(bench.count("licence")).isEqualTo(RIGHT);
    }

    private void assertRejected(ExpectedRejection.Kind kind, String column, RejectionReason reason) {
        var row = SampleStock.expectedRejections().stream()
                .filter(expected -> expected.kind() == kind)
                .findFirst()
                .orElseThrow()
                .row();
        assertThat(ConversionBench.lines(report.rejectedFile()))
                .filteredOn(line -> line.getFirst().equals(Integer.toString(row)))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.subList(1, 4)).containsExactly(column, reason.name(), reason.chinese()));
    }
}

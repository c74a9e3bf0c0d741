package org.yinzheng.registry.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.testdata.CheckDigits;
import org.yinzheng.testdata.DemoPeople;

/// Small indexes of residence permits, each with something the matter.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversionTest {
    private static final String HEADER = "证照类型,证照编号,持证主体,持证主体代码,有效期起,有效期止,扫描件,性别,民族,出生日期,住址";

    private TestInstallation here;
    private ConversionBench bench;
    private Path folder;
    private Path scans;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
    }

    @AfterAll
    void close() {
        here.close();
    }

    @BeforeEach
    void fresh(@TempDir Path directory) throws IOException {
        folder = directory;
        scans = Files.createDirectory(folder.resolve("scans"));
        scan("a.jpg");
        bench = new ConversionBench(here, TestPostgres.fresh().open());
    }

    @AfterEach
    void closeBench() {
        bench.close();
    }

    @Test
    void missingColumn_isSaidBeforeAnythingIsDone() throws IOException {
        var index = Files.writeString(folder.resolve("index.csv"), HEADER.replace(",扫描件", "") + "\n");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> bench.run(index, scans, folder.resolve("output")))
                .satisfies(e -> assertThat(List.of(e.code(), e.field())).containsExactly("missing-column", "扫描件"));
        assertThat(bench.count("batch")).isZero();
        assertThat(folder.resolve("output")).doesNotExist();
    }

    @Test
    void scanPathOutOfTheFolder_isRejected_andTheOthersGoOn() throws IOException {
        Files.copy(scans.resolve("a.jpg"), folder.resolve("secret.jpg"));
        var report = run(row("N-1", "../secret.jpg"), row("N-2", "a.jpg"));
        assertReasons(report, "2 扫描件 SCAN_OUTSIDE");
        assertThat(report.accepted()).isEqualTo(1);
    }

    @Test
    void pngThatDeclaresHugeSides_isRejected() throws IOException {
        var png = scan("huge.png");
        var bytes = Files.readAllBytes(png);
        ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
        var crc = new CRC32();
        crc.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
        Files.write(png, bytes);
        assertReasons(run(row("N-1", "huge.png")), "2 扫描件 SCAN_TOO_LARGE");
    }

    @Test
    void truncatedJpeg_isRejected() throws IOException {
        var bytes = Files.readAllBytes(scans.resolve("a.jpg"));
        Files.write(scans.resolve("cut.jpg"), Arrays.copyOf(bytes, bytes.length - 40));
        assertReasons(run(row("N-1", "cut.jpg")), "2 扫描件 SCAN_UNREADABLE");
    }

    @Test
    void scanSuppliedLater_isConvertedByTheNextRun() throws IOException {
        var index = index(row("N-1", "late.jpg"), row("N-2", "a.jpg"));
        assertReasons(bench.run(index, scans, folder.resolve("output")), "2 扫描件 SCAN_MISSING");
        scan("late.jpg");
        var report = bench.run(index, scans, folder.resolve("output"));
        assertReasons(report);
        assertThat(List.of(report.accepted(), report.alreadyConverted())).containsExactly(1L, 1L);
    }

    @Test
    void numberOfARegisteredLicence_isRejected() throws IOException {
        run(row("N-1", "a.jpg"));
        var other = row("N-1", "a.jpg").replace("2026-01-05", "2026-01-06");
        assertReasons(run(other), "2 证照编号 NUMBER_TAKEN");
        assertThat(bench.count("licence")).isEqualTo(1);
    }

    @Test
    void sameRowTwice_isOneLicenceAndOneReason_inEveryRun() throws IOException {
        var index = index(row("N-1", "a.jpg"), row("N-1", "a.jpg"));
        for (int i = 0; i < 2; i++) {
            var report = bench.run(index, scans, folder.resolve("output"));
            assertReasons(report, "3 证照编号 DUPLICATE");
            assertThat(report.accepted() + report.alreadyConverted()).isEqualTo(1);
        }
        assertThat(bench.count("licence")).isEqualTo(1);
    }

    @Test
    void characterThatTheFontLacks_isRejectedWithItsColumn() throws IOException {
        assertReasons(run(row("N-1", "a.jpg").replace("汉族", "\u1e900族")), "2 民族 UNPRINTABLE_CHARACTER");
    }

    @Test
    void valuesThatBreakARule_areRejectedWithTheirColumn() throws IOException {
        var good = row("N-1", "a.jpg");
        assertReasons(
                run(
                        good.replace("2026-01-05", "2026-13-05"),
                        good.replace(",男,", ",其他,").replace(",女,", ",其他,"),
                        good.replace("汉族", ""),
                        good.replace(",a.jpg,", ",,"),
                        good + ",多余",
                        good.replace("林知远", "林\u202e知远")),
                "2 有效期起 INVALID_DATE",
                "3 性别 INVALID_FIELD",
                "4 民族 MISSING_VALUE",
                "5 扫描件 MISSING_VALUE",
                "6  EXTRA_CELLS",
                "7 持证主体 INVALID_CELL");
        assertThat(bench.count("licence")).isZero();
    }

    @Test
    void permitWithoutEnd_isRejected_andWithEmptyEndFollowsTheRule() throws IOException {
        var report = run(
                row("N-1", "a.jpg").replace("2027-01-04", "长期"),
                row("N-2", "a.jpg").replace("2027-01-04", ""));
        assertReasons(report, "2 有效期止 NO_END");
        assertThat(report.accepted()).isEqualTo(1);
    }

    @Test
    void tokenAway_stopsWithWhatWasDone_andTheNextRunGoesOn() throws IOException {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            rows.add(row("N-" + i, "a.jpg"));
        }
        var index = index(rows.toArray(String[]::new));
        var asked = new AtomicInteger();
        var goesAway = new IssuingOffice() {
            @Override
            public Authority authorityFor(String typeCode, Actor actor) {
                return here.office.authorityFor(typeCode, actor);
            }

            @Override
            public Desk desk(Authority authority, String typeCode, Actor actor) {
                if (asked.incrementAndGet() > 10) {
                    throw new Failure.NotDone("the token is away", null);
                }
                return here.office.desk(authority, typeCode, actor);
            }
        };
        var stopped = bench.conversion(goesAway, here.press, Duration.ofMillis(300))
                .run(index, scans, folder.resolve("output"), ConversionBench.OPERATOR, (d, t, a, r) -> {});
        assertThat(stopped.stopped()).hasValueSatisfying(why -> assertThat(why).contains("the token is away"));
        assertThat(stopped.accepted()).isEqualTo(10);
        assertThat(stopped.left()).isEqualTo(30);
        assertThat(ConversionBench.lines(stopped.acceptedFile())).hasSize(10);

        var rest = bench.run(index, scans, folder.resolve("output"));
        assertThat(List.of(rest.accepted(), rest.alreadyConverted(), rest.left()))
                .containsExactly(30L, 10L, 0L);
        assertThat(bench.count("licence")).isEqualTo(40);
        assertThat(bench.count("issuance_intent")).isEqualTo(40);
    }

    @Test
    void licenceThatDoesNotVerify_isLeftForTheNextRun_andTheOthersGoOn() throws IOException {
        var index = index(row("N-1", "a.jpg"), row("N-2", "a.jpg"), row("N-3", "a.jpg"));
        var first = new AtomicBoolean(true);
        var verifier = new DocumentVerifier(here.demonstration.trust());
        var doubtful = new Press(
                Typefaces.find(),
                (document, at) -> first.getAndSet(false)
                        ? new Report.Malformed("doubted", "by the test")
                        : verifier.verify(document, at),
                URI.create("https://licences.example/"),
                here.clock);
        var report = bench.conversion(here.office, doubtful, Duration.ofSeconds(20))
                .run(index, scans, folder.resolve("output"), ConversionBench.OPERATOR, (d, t, a, r) -> {});
        assertThat(report.stopped()).isPresent();
        assertThat(List.of(report.accepted(), report.left())).containsExactly(2L, 1L);

        var rest = bench.run(index, scans, folder.resolve("output"));
        assertThat(List.of(rest.accepted(), rest.alreadyConverted(), rest.left()))
                .containsExactly(1L, 2L, 0L);
    }

    @Test
    void progress_growsToTheEnd() throws IOException {
        var heard = new ArrayList<List<Long>>();
        bench.conversion()
                .run(
                        index(row("N-1", "a.jpg"), row("N-2", "none.jpg")),
                        scans,
                        folder.resolve("output"),
                        ConversionBench.OPERATOR,
                        (done, total, accepted, rejected) -> heard.add(List.of(done, total, accepted, rejected)));
        assertThat(heard).containsExactly(List.of(0L, 2L, 0L, 0L), List.of(2L, 2L, 1L, 1L));
    }

    @Test
    void emptyIndex_isDoneAtOnce() throws IOException {
        var report = run();
        assertThat(report.complete()).isTrue();
        assertThat(report.rows()).isZero();
    }

    @Test
    void checkDigitOfAnyHolder_isNeverRepeated() throws IOException {
        var code = DemoPeople.citizens().getFirst().id();
        var report = run(row("N-1", "a.jpg").replace(code, CheckDigits.spoilt(code)));
        assertReasons(report, "2 持证主体代码 CHECK_DIGIT");
        assertThat(Files.readString(report.rejectedFile())).doesNotContain(code.substring(0, 17));
    }

    private static void assertReasons(BatchReport report, String... reasons) {
        assertThat(ConversionBench.lines(report.rejectedFile()))
                .extracting(line -> String.join(" ", line.subList(0, 3)))
                .containsExactly(reasons);
    }

    private BatchReport run(String... rows) throws IOException {
        return bench.run(index(rows), scans, folder.resolve("output"));
    }

    private Path index(String... rows) throws IOException {
        return Files.writeString(folder.resolve("index.csv"), HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n");
    }

    private static String row(String number, String scan) {
        var who = DemoPeople.citizens().getFirst();
        return String.join(
                ",",
                "居住证",
                number,
                who.name(),
                who.id(),
                "2026-01-05",
                "2027-01-04",
                scan,
                who.sex(),
                who.nation(),
                who.birth().toString(),
                who.address());
    }

    private Path scan(String name) throws IOException {
        var file = scans.resolve(name);
        var format = name.substring(name.lastIndexOf('.') + 1);
        var image = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }
}

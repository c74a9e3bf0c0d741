package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;

/// From file to file: the same signature as in memory, for documents of any size, and no half results.
class PdfFileStampingTest {
    @TempDir
    Path folder;

    @Test
    void fileOfTwoHundredMegabytes_isStampedInAHeapOf300() throws Exception {
        var from = folder.resolve("large.pdf");
        LargeDocument.write(from);
        assertThat(Files.size(from)).isGreaterThan(200L << 20);
        var answer = Tool.run(
                folder,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                LargeDocument.class.getName(),
                from.toString(),
                folder.resolve("stamped.pdf").toString(),
                "LTA");
        assertThat(answer.text()).contains("reached LTA in 1 places");
        assertThat(answer.exit()).isZero();
        assertThat(Tool.run(folder, "pdfsig", "-nocert", "stamped.pdf").text())
                .contains("Signature Validation: Signature is Valid.");
        assertOnly("large.pdf", "stamped.pdf");
        Files.delete(from);
    }

    @Test
    void tenThousandPages_keywordOnTheLastAndASealAcrossAll() throws Exception {
        var from = Files.write(folder.resolve("in.pdf"), Papers.pages(10_000).toByteArray());
        var to = folder.resolve("out.pdf");
        var done = new PdfStamper()
                .stamp(
                        from,
                        to,
                        Papers.stamp(
                                new Place.AtKeyword("page10000", 1),
                                new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5)));
        assertThat(done.placed()).hasSize(10_001);
        assertThat(done.placed().getFirst().page()).isEqualTo(10_000);
        try (var document = Loader.loadPDF(to.toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(10_000);
            assertThat(document.getSignatureFields()).hasSize(1);
        }
        // every slice's way of being drawn is written once
        assertThat(Files.size(to) - Files.size(from)).isLessThan(10_000 * 700L);
    }

    @Test
    void sourceItself_canBeReplaced() throws Exception {
        var path = Files.write(folder.resolve("x.pdf"), Papers.pages(2).toByteArray());
        new PdfStamper().stamp(path, path, Papers.stamp(new Place.OnPage(1, 100, 100)));
        new PdfStamper().stamp(path, path, PdfStamp.baseline("second", Samples.signer(Suite.SM2_SM3), Samples.AT, ""));
        PdfVerifierTest.assertPasses(org.yinzheng.signing.DocumentBytes.owning(Files.readAllBytes(path)), 2);
        assertOnly("x.pdf");
    }

    @Test
    void whateverFails_leavesNothingBehind() throws Exception {
        var from = Files.write(folder.resolve("in.pdf"), Papers.pages(2).toByteArray());
        var kept = Files.writeString(folder.resolve("out.pdf"), "what was there");
        var stamper = new PdfStamper();
        assertThatThrownBy(() -> stamper.stamp(from, kept, Papers.stamp(new Place.OnPage(7, 1, 1))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> stamper.stamp(from, kept, Papers.stamp().reaching(Level.LTA, Level.Shortfall.REQUIRE)))
                .isInstanceOf(Failure.NotDone.class);
        assertThatThrownBy(() -> stamper.stamp(from, kept, Papers.stamp().reaching(Level.T, Level.Shortfall.REQUIRE)))
                .isInstanceOf(Failure.NotDone.class);
        var broken = Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7 and no more");
        assertThatThrownBy(() -> stamper.stamp(broken, kept, Papers.stamp())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> stamper.stamp(folder.resolve("missing.pdf"), kept, Papers.stamp()))
                .isInstanceOf(Failure.NotDone.class);
        assertThat(kept).hasContent("what was there");
        assertOnly("in.pdf", "out.pdf", "broken.pdf");
    }

    private void assertOnly(String... names) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}

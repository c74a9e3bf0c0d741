package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.IssuanceTest.issued;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.postgres.TestPostgres;

/// A type with 正本 and 副本.
class TwoFacesTest {
    @Test
    void typeWithTwoTemplates_isIssuedWithBothFaces_eachWithTheSeal(@TempDir Path directory) throws IOException {
        try (var here = TestInstallation.open(directory, TestPostgres.fresh().open())) {
            var type = here.catalogue.type("食品经营许可证");
            assertThat(type.templates().keySet()).containsExactly("正本", "副本");
            var sample = type.samples().getFirst();
            var licence = issued(here.issuance()
                    .issue(
                            new IssueRequest(
                                    "two-faces-1",
                                    type.code(),
                                    Optional.empty(),
                                    sample.holders().getFirst(),
                                    sample.data(),
                                    LocalDate.now(Issuance.ZONE),
                                    Optional.empty(),
                                    Optional.empty()),
                            CLERK));

            var pdf = here.licences.rendition(licence.id(), Format.PDF).orElseThrow();
            here.press.verify(Format.PDF, pdf, licence.id());
            here.press.verify(
                    Format.OFD,
                    here.licences.rendition(licence.id(), Format.OFD).orElseThrow(),
                    licence.id());
            try (var document = Loader.loadPDF(pdf.toByteArray())) {
                assertThat(document.getNumberOfPages()).isEqualTo(2);
                assertThat(new PDFTextStripper().getText(document)).contains("副本");
                for (var page : document.getPages()) {
                    assertThat(page.getAnnotations())
                            .filteredOn(widget -> widget.getRectangle().getWidth() > 0)
                            .hasSize(1);
                }
            }
        }
    }
}

package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.postgres.TestPostgres;

/// Licences of every type of the demonstration's catalogue: cards, booklets, photos, tables and groups among them.
class CatalogueIssuanceTest {
    @Test
    void sampleOfEveryType_isIssuedStampedAndVerified(@TempDir Path directory) {
        try (var here = TestInstallation.open(directory, TestPostgres.fresh().open())) {
            for (var type : here.catalogue.types()) {
                if (type.combines().isPresent()) {
                    continue; // needs licences to combine: CombinationTest
                }
                var sample = type.samples().getFirst();
                var request = new IssueRequest(
                        "sample-" + type.code(),
                        type.code(),
                        Optional.empty(),
                        sample.holders().getFirst(),
                        sample.data(),
                        sample.validFrom(),
                        sample.validUntil(),
                        Optional.empty());
                var licence = IssuanceTest.issued(here.issuance().issue(request, TestInstallation.CLERK));
                assertThat(licence.renditions()).as(type.nameZh()).containsOnlyKeys(Format.values());
                assertThat(here.licences.find(licence.id())).as(type.nameZh()).hasValueSatisfying(found -> assertThat(
                                found.dataDigest())
                        .isEqualTo(licence.dataDigest()));
            }
        }
    }
}

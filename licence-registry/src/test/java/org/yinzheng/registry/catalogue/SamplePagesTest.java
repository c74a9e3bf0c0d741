package org.yinzheng.registry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleCatalogue;

class SamplePagesTest {
    private static final Catalogue CATALOGUE = Catalogue.of(SampleCatalogue.files());
    private static final Preview PREVIEW = new Preview(Typefaces.find());

    static Stream<LicenceType> types() {
        return CATALOGUE.versions();
    }

    @ParameterizedTest
    @MethodSource("types")
    void sample_isDrawn(LicenceType type) throws Exception {
        var sample = type.samples().getFirst();
        type.validate(sample.data());
        var folder = Files.createDirectories(Path.of("/tmp/yz/regcat/png"));
        Files.write(folder.resolve(type.code().substring(18) + ".png"), PREVIEW.png(type, type.template(), sample, 110).toByteArray());
        assertThat(PREVIEW.pages(type, type.template(), sample)).isNotEmpty();
    }
}

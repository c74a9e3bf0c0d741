package org.yinzheng.registry.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleCatalogue;

/// Every type of the demonstration, drawn, and read again by somebody else.
class SamplePagesTest {
    private static final Catalogue CATALOGUE = Catalogue.of(SampleCatalogue.files());
    private static final Preview PREVIEW = new Preview(Typefaces.find());
    private static final double SEAL = 42;

    @TempDir
    private Path folder;

    static Stream<LicenceType> types() {
        return CATALOGUE.versions();
    }

    @Test
    void catalogue_hasTheTypesOfDailyLife() {
        assertThat(CATALOGUE.types()).hasSizeGreaterThanOrEqualTo(24);
    }

    @ParameterizedTest
    @MethodSource("types")
    void sample_showsEveryValue_inPdfAndOfd(LicenceType type) throws Exception {
        var sample = type.samples().getFirst();
        type.validate(sample.data());
        var values = type.shown(type.facts(sample), sample.data());
        var expected = new ArrayList<>(values.texts().values());
        values.groups()
                .values()
                .forEach(group -> group.forEach(item -> item.forEach((name, value) -> {
                    if (!name.equals("KZ_ZZBS")) { // the identifier of a part is for programs
                        expected.add(value);
                    }
                })));
        expected.removeAll(notPrinted(type, sample));

        var pdf = Packs.textOfPdf(PREVIEW.pdf(type, type.template(), sample), folder);
        var ofd = Packs.textOfOfd(PREVIEW.ofd(type, type.template(), sample));
        for (var value : expected) {
            assertThat(pdf).contains(Packs.plain(value));
            assertThat(ofd).contains(Packs.plain(value));
        }
        assertThat(values.pictures()).hasSameSizeAs(pictures(type, sample));
        Files.write(
                Files.createDirectories(Path.of("target/catalogue")).resolve(type.nameEn() + ".png"),
                PREVIEW.png(type, type.template(), sample, 96).toByteArray());
    }

    /// A seal has its real size always: the place has to hold it, and lie on the page.
    @ParameterizedTest
    @MethodSource("types")
    void sealPlace_holdsARoundSealWhole(LicenceType type) {
        var pages = PREVIEW.pages(type, type.template(), type.samples().getFirst());
        var page =
                pages.stream().filter(each -> each.seal() != null).findFirst().orElseThrow();
        var seal = Objects.requireNonNull(page.seal());
        double x = seal.x() + seal.width() / 2;
        double y = seal.y() + seal.height() / 2;
        assertThat(x).isBetween(SEAL / 2, page.width() - SEAL / 2);
        assertThat(y).isBetween(SEAL / 2, page.height() - SEAL / 2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyText_liesOnItsPage(LicenceType type) {
        for (var page : PREVIEW.pages(type, type.template(), type.samples().getFirst())) {
            for (var mark : page.marks()) {
                if (mark instanceof Page.Text text) {
                    double right = text.x()
                            + text.advances().stream().mapToDouble(a -> a).sum()
                            + text.size() / 2;
                    assertThat(text.x()).isNotNegative();
                    assertThat(right).isLessThanOrEqualTo(page.width());
                    assertThat(text.baseline()).isBetween(text.size() / 2, page.height());
                }
            }
        }
    }

    @Test
    void scopeOfThreeThousandCharacters_standsWholeOnContinuationPages() throws Exception {
        var words = IntStream.range(0, 290).mapToObj("食品经营第%03d项；"::formatted).toList();
        assertEverythingFound("食品经营许可证", Map.of("KZ_JYXM", String.join("", words)), words);
    }

    @Test
    void remark_longerThanTheForm_standsWholeOnContinuationPages() throws Exception {
        var words = IntStream.range(0, 200).mapToObj("附记%03d项内容。"::formatted).toList();
        assertEverythingFound("不动产权证书", Map.of("KZ_FJ", String.join("", words)), words);
    }

    @Test
    void twoHundredOwners_continueTheTable() throws Exception {
        var type = CATALOGUE.type("不动产权证书");
        var sample = type.samples().getFirst();
        var data = (ObjectNode) sample.data().deepCopy();
        var owners = data.putArray("KZ_QLR");
        var names = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            names.add("权利人第%03d号".formatted(i));
            owners.addObject().put("KZ_XM", names.getLast()).put("KZ_ZJH", "YZ%06d".formatted(i));
        }
        assertFound(type, sample, data, names);
    }

    @Test
    void householdOfTwelve_hasACardForEach() throws Exception {
        var type = CATALOGUE.type("居民户口簿");
        var sample = type.samples().getFirst();
        var data = (ObjectNode) sample.data().deepCopy();
        var member = data.path("KZ_CY").get(0);
        var members = data.putArray("KZ_CY");
        var names = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            names.add("成员" + (char) ('甲' + i));
            members.add(((ObjectNode) member.deepCopy()).put("KZ_XM", names.getLast()));
        }
        assertThat(assertFound(type, sample, data, names)).isEqualTo(1 + 12);
    }

    @Test
    void longAddress_onACard_shrinksBeforeItGoesElsewhere() throws Exception {
        var address = "云泽市望江区渡口街道长堤路266号云栖苑十二幢一单元一千五百零一室之二（原长堤新村东区）";
        assertThat(assertEverythingFound("居民身份证", Map.of("KZ_ZZ", address), List.of(address)))
                .isEqualTo(2);
    }

    private int assertEverythingFound(String typeName, Map<String, String> fields, List<String> words)
            throws Exception {
        var type = CATALOGUE.type(typeName);
        var sample = type.samples().getFirst();
        var data = (ObjectNode) sample.data().deepCopy();
        fields.forEach(data::put);
        return assertFound(type, sample, data, words);
    }

    /// @return how many pages there are
    private int assertFound(LicenceType type, Sample sample, JsonNode data, List<String> words) throws Exception {
        type.validate(data);
        var longer = new Sample(
                sample.holders(),
                sample.authority(),
                sample.number(),
                sample.issuedOn(),
                sample.validFrom(),
                sample.validUntil(),
                data);
        var pdf = withoutHeads(Packs.textOfPdf(PREVIEW.pdf(type, type.template(), longer), folder));
        var ofd = withoutHeads(Packs.textOfOfd(PREVIEW.ofd(type, type.template(), longer)));
        for (var word : words) {
            assertThat(pdf).contains(Packs.plain(word));
            assertThat(ofd).contains(Packs.plain(word));
        }
        return PREVIEW.pages(type, type.template(), longer).size();
    }

    /// A text that goes on from page to page is interrupted by the next page's head.
    private static String withoutHeads(String text) {
        return text.replaceAll(
                "(食品经营许可证|不动产权证书)附页编号.{1,40}?第\\d+页共\\d+页证照标识1\\.2\\.156\\.3005\\.2\\.\\w{21}\\.\\w{18}\\.\\d+\\.001\\.\\w",
                "");
    }

    /// Whatever all licences have and this face leaves out, as birth certificates do with the end of validity. The
    /// type's own fields all have to be there.
    private static List<String> notPrinted(LicenceType type, Sample sample) {
        var face = type.template().sides().toString();
        var missing = new ArrayList<String>();
        type.facts(sample).shown().forEach((name, value) -> {
            if (!face.contains("{" + name + "}")) {
                missing.add(value);
            }
        });
        return missing;
    }

    private static List<String> pictures(LicenceType type, Sample sample) {
        return PREVIEW.pages(type, type.template(), sample).stream()
                .flatMap(page -> page.marks().stream())
                .filter(Page.Picture.class::isInstance)
                .map(Object::toString)
                .toList();
    }
}

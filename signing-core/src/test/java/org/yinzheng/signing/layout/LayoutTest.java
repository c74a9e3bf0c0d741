package org.yinzheng.signing.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.InvalidInput;

class LayoutTest {
    private static final Typefaces TYPEFACES = Typefaces.find();
    private static final double LEFT = 20;
    private static final double WIDTH = 60;

    private final Layout layout = new Layout(TYPEFACES);

    @Test
    void value_withinItsSlot_isOneLineAtFullSize() {
        var texts = lay("{NAME}", "", 1, "left", "云泽市澄湖软件");
        assertThat(texts).hasSize(1);
        assertThat(texts.getFirst().size()).isEqualTo(5);
        assertThat(texts.getFirst().x()).isEqualTo(LEFT);
        assertThat(texts.getFirst().advances()).hasSize(6).allSatisfy(a -> assertThat(a)
                .isCloseTo(5, within(1e-9)));
    }

    @Test
    void value_widerThanItsSlot_shrinksUntilItFits() {
        var texts = lay("{NAME}", "", 1, "left", "云泽市芦川县稻香镇新河村生态农业");
        assertThat(texts).hasSize(1);
        assertThat(texts.getFirst().size()).isBetween(3.0, 60.0 / 16);
        assertWithin(texts);
    }

    @Test
    void value_longerThanAllLines_isTextTooLongAndNamesTheField() {
        assertThatThrownBy(() -> lay("{NAME}", "", 2, "left", "长".repeat(90)))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo("text-too-long");
                    assertThat(e.field()).isEqualTo("NAME");
                    assertThat(e.getMessage()).doesNotContain("长长");
                });
    }

    @Test
    void paragraph_justified_fillsEveryLineButTheLastAndLosesNoCharacter() {
        var value = "谷物种植；水产养殖（不含国家保护动物）；餐饮服务ABC 2026年；住宿服务，休闲观光活动。";
        var texts = lay("{NAME}", "", 6, "justify", value);
        assertThat(texts.size()).isGreaterThan(2);
        assertThat(texts.stream().map(Page.Text::text).collect(Collectors.joining()))
                .isEqualTo(value);
        for (var line : texts.subList(0, texts.size() - 1)) {
            assertThat(right(line)).isCloseTo(LEFT + WIDTH, within(0.001));
        }
        assertWithin(texts);
    }

    @Test
    void wrappedLine_neverStartsWithClosingMarkNorEndsWithOpeningOne() {
        for (int lead = 1; lead < 14; lead++) {
            var texts = lay("{NAME}", "", 4, "left", "字".repeat(lead) + "（甲、乙）；（丙），丁。字字字字");
            assertThat(texts).allSatisfy(line -> {
                assertThat("）；，。、").doesNotContain(line.text().substring(0, 1));
                assertThat(line.text()).doesNotEndWith("（");
            });
        }
    }

    @Test
    void lastLine_ofOneCharacter_getsCompany() {
        var texts = lay("{NAME}", "", 2, "left", "一二三四五六七八九十甲乙丙");
        assertThat(texts).hasSize(2);
        assertThat(texts.getLast().text().length()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void label_spread_touchesBothEdges() {
        var text = lay("名称", "", 1, "spread", "x").getFirst();
        assertThat(text.x()).isEqualTo(LEFT);
        assertThat(right(text)).isCloseTo(LEFT + WIDTH, within(0.001));
    }

    @Test
    void character_thatNoFaceHas_namesFieldAndCharacter() {
        assertThatThrownBy(() -> lay("姓名 {NAME}", "", 1, "left", "李\uD800\uDFFF"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isNotEmpty());
        assertThatThrownBy(() -> lay("姓名 {NAME}", "", 1, "left", "李" + Character.toString(0x10FFFD)))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo("missing-glyph");
                    assertThat(e.field()).isEqualTo("NAME");
                    assertThat(e.getMessage()).contains("U+10FFFD");
                });
    }

    @Test
    void rareCharacter_outsideTheBasicPlane_isSet() {
        var texts = lay("{NAME}", "", 1, "left", "𠮷田");
        assertThat(texts.getFirst().text()).isEqualTo("𠮷田");
        assertThat(texts.getFirst().advances()).hasSize(1);
    }

    @Test
    void character_thatOnlySansHas_isSetInSans() {
        var serif = TYPEFACES.face(Face.SERIF);
        var sans = TYPEFACES.face(Face.SANS);
        int only = java.util.stream.IntStream.rangeClosed(0x3000, 0x2FA1F)
                .filter(c -> sans.has(c) && !serif.has(c))
                .findFirst()
                .orElseThrow();
        var texts = lay("{NAME}", "", 1, "left", "甲" + Character.toString(only) + "乙");
        assertThat(texts).extracting(Page.Text::face).containsExactly(Face.SERIF, Face.SANS, Face.SERIF);
        assertThat(texts.get(1).x()).isCloseTo(LEFT + 5, within(1e-9));
    }

    @Test
    void emptyValue_withoutAlternative_isMissingValue() {
        assertThatThrownBy(() -> lay("{NAME}", "", 1, "left", " "))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("missing-value"));
        assertThat(lay("{NAME}", "长期", 1, "left", " ").getFirst().text()).isEqualTo("长期");
    }

    @Test
    void everyPage_ofEqualInput_isEqual() {
        var template = Template.parse(yaml("{NAME}", "", 1, "left"));
        var values = Map.of("NAME", "甲");
        assertThat(layout.lay(template, values, "https://example.org/1"))
                .isEqualTo(new Layout(TYPEFACES).lay(template, values, "https://example.org/1"));
    }

    private List<Page.Text> lay(String text, String otherwise, int lines, String align, String value) {
        var page = layout.lay(
                Template.parse(yaml(text, otherwise, lines, align)), Map.of("NAME", value), "https://example.org/1");
        return page.marks().stream()
                .filter(Page.Text.class::isInstance)
                .map(Page.Text.class::cast)
                .toList();
    }

    private static String yaml(String text, String otherwise, int lines, String align) {
        return """
                page: {width: 100, height: 80}
                seal: [10, 10, 40, 40]
                styles:
                  value: {face: serif, size: 5, minimum: 3, colour: "#000000"}
                elements:
                  - qr: {area: [5, 5, 20, 20], colour: "#000000"}
                  - text: {text: "%s", otherwise: "%s", at: [%s, 30], width: %s, lines: %d, style: value, align: %s}
                """.formatted(text, otherwise, LEFT, WIDTH, lines, align);
    }

    private static void assertWithin(List<Page.Text> texts) {
        assertThat(texts).allSatisfy(text -> {
            assertThat(text.x()).isGreaterThanOrEqualTo(LEFT);
            assertThat(right(text)).isLessThanOrEqualTo(LEFT + WIDTH + 0.001);
        });
    }

    private static double right(Page.Text text) {
        int last = text.text().codePointBefore(text.text().length());
        return text.x()
                + text.advances().stream().mapToDouble(a -> a).sum()
                + TYPEFACES.face(text.face()).advance(last) * text.size();
    }
}

package org.yinzheng.signing.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.InvalidInput;

/// What flows: forms, tables, groups, and the pages on which they go on.
class CompositionTest {
    private static final Typefaces TYPEFACES = Typefaces.find();
    private static final String CONTINUATION = """
            continuation:
              area: [10, 20, 80, 50]
              label: label
              text: value
              elements:
                - text: {text: "附页 {PAGE}/{PAGES}", at: [10, 10], width: 80, style: label}
            """;

    private final Layout layout = new Layout(TYPEFACES);

    @Test
    void form_rowAfterALongValue_beginsBelowIt() {
        var page = only(form("[10, 10, 80, 60]"), Map.of("A", "甲".repeat(40), "B", "乙乙"));
        var lines =
                texts(page).stream().filter(text -> text.text().startsWith("甲")).toList();
        var next = texts(page).stream()
                .filter(text -> text.text().equals("乙乙"))
                .findFirst()
                .orElseThrow();
        assertThat(lines.size()).isGreaterThan(1);
        assertThat(next.baseline()).isGreaterThan(lines.getLast().baseline() + next.size());
    }

    @Test
    void form_tooHigh_shrinks_thenMovesItsLongestValue_thenIsAnError() {
        var shrunk = only(form("[10, 10, 80, 30]"), Map.of("A", "甲".repeat(60), "B", "乙乙"));
        assertThat(texts(shrunk))
                .filteredOn(text -> text.text().startsWith("甲"))
                .allSatisfy(text -> assertThat(text.size()).isLessThan(4));

        var values = Values.of(Map.of("A", "甲".repeat(200), "B", "乙乙"));
        var moved = layout.pages(Template.parse(form("[10, 10, 80, 30]") + CONTINUATION), values, "");
        assertThat(moved).hasSize(3);
        assertThat(said(moved.getFirst())).contains("见附页", "乙乙");
        assertThat(said(moved.get(1))).contains("附页 1/2", "经营");
        assertThat(said(moved.get(1)) + said(moved.getLast()).replace("附页 2/2", ""))
                .contains("甲".repeat(200));
        assertThat(moved.getFirst().seal()).isNotNull();
        assertThat(moved.getLast().seal()).isNull();

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> layout.pages(Template.parse(form("[10, 10, 80, 30]")), values, ""))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("text-too-long");
                    assertThat(e.field()).isEqualTo("A");
                });
    }

    @Test
    void form_numberWiderThanItsCell_shrinksInsteadOfBreaking() {
        var page = only(form("[10, 10, 80, 60]"), Map.of("A", "3".repeat(34), "B", "2026年11月21日"));
        assertThat(texts(page)).extracting(Page.Text::text).contains("3".repeat(34), "2026年11月21日");
    }

    @Test
    void text_thatMayContinue_goesToAPageOfItsOwn() {
        var template = page("""
                  - text: {text: "{A}", at: [10, 40], width: 40, style: value, continued: 说明}
                """) + CONTINUATION;
        var values = Values.of(Map.of("A", "长".repeat(900)));
        var pages = layout.pages(Template.parse(template), values, "");
        assertThat(pages.size()).isGreaterThan(2);
        assertThat(said(pages.getFirst())).contains("见附页");
        assertThat(pages.subList(1, pages.size()).stream()
                        .map(CompositionTest::said)
                        .collect(Collectors.joining())
                        .chars()
                        .filter(c -> c == '长')
                        .count())
                .isEqualTo(900);
        for (var page : pages) {
            assertThat(texts(page))
                    .allSatisfy(text -> assertThat(text.baseline()).isLessThanOrEqualTo(71));
        }
    }

    @Test
    void table_continuesUnderItsHead_andEveryRowIsThere() {
        var rows = new ArrayList<Map<String, String>>();
        for (int i = 1; i <= 30; i++) {
            rows.add(Map.of("N", "第" + i + "行"));
        }
        var values = new Values(Map.of(), Map.of("G", rows), Map.of());
        var template = page("""
                  - table:
                      area: [10, 10, 80, 40]
                      group: G
                      title: 名单（续）
                      columns: [{title: 序号, text: "{ROW}", width: 20}, {title: 名称, text: "{N}", width: 60}]
                      pitch: 6
                      head: label
                      style: value
                      colour: "#000000"
                      lineWidth: 0.2
                """);
        var pages = layout.pages(Template.parse(template + CONTINUATION), values, "");
        assertThat(pages.size()).isGreaterThan(3);
        assertThat(pages).allSatisfy(page -> assertThat(said(page)).contains("名称"));
        var all = pages.stream()
                .flatMap(page -> texts(page).stream())
                .map(Page.Text::text)
                .toList();
        for (int i = 1; i <= 30; i++) {
            assertThat(all).contains("第" + i + "行", Integer.toString(i));
        }
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> layout.pages(Template.parse(template), values, ""))
                .satisfies(e -> assertThat(e.field()).isEqualTo("G"));
    }

    @Test
    void group_isSetSideBySide_andGoesOn() {
        var items = List.of(Map.of("N", "一号"), Map.of("N", "二号"), Map.of("N", "三号"));
        var template = page("""
                  - repeat:
                      area: [10, 10, 40, 30]
                      group: G
                      title: 成员（续）
                      across: 2
                      elements:
                        - outline: {area: [0, 0, 38, 28], colour: "#000000", lineWidth: 0.2}
                        - text: {text: "{ROW} {N} {A}", at: [2, 8], width: 36, style: value}
                """) + CONTINUATION;
        var pages =
                layout.pages(Template.parse(template), new Values(Map.of("A", "户"), Map.of("G", items), Map.of()), "");
        assertThat(pages).hasSize(2);
        assertThat(texts(pages.getFirst())).extracting(Page.Text::text).containsExactly("1 一号 户", "2 二号 户");
        assertThat(texts(pages.getFirst()).getLast().x()
                        - texts(pages.getFirst()).getFirst().x())
                .isCloseTo(40, within(1e-9));
        assertThat(said(pages.getLast())).contains("成员（续）", "3 三号 户");
        assertThat(pages.getFirst().marks().stream()
                        .filter(Page.Path.class::isInstance)
                        .map(mark -> ((Page.Path) mark).data()))
                .containsExactly("M 10 10 L 48 10 L 48 38 L 10 38 Z", "M 50 10 L 88 10 L 88 38 L 50 38 Z");
    }

    @Test
    void twoSides_withOneSeal_areTwoPages_andOtherNumbersOfSealsAreRefused() {
        var sides = """
                page: {width: 100, height: 80}
                styles: {}
                sides:
                  - elements: []
                  - {elements: [], seal: [10, 10, 42, 42]}
                """;
        var pages = layout.pages(Template.parse(sides), Values.of(Map.of()), "");
        assertThat(pages).extracting(page -> page.seal() != null).containsExactly(false, true);
        for (var wrong : List.of(
                sides.replace(", seal: [10, 10, 42, 42]", ""),
                sides.replace("- elements: []", "- {elements: [], seal: [1, 1, 42, 42]}"))) {
            assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Template.parse(wrong));
        }
    }

    @Test
    void watermark_isOutlines_overTheOrnamentsAndUnderTheText() {
        var template = Template.parse(page("""
                  - fill: {area: [0, 0, 100, 80], colour: "#ffffff"}
                  - text: {text: 名称, at: [10, 40], width: 40, style: value}
                """))
                .with(new Template.Watermark(
                        "样张", new Page.Area(0, 0, 100, 80), Face.SANS, 20, 30, 0, 0, new Page.Colour(200, 200, 200)));
        var marks = layout.pages(template, Values.of(Map.of()), "").getFirst().marks();
        assertThat(marks).hasSize(3);
        assertThat(marks.get(1)).isInstanceOf(Page.Path.class);
        assertThat(((Page.Path) marks.get(1)).data()).startsWith("M ").contains("C ");
        assertThat(said(new Page(1, 1, marks, null))).isEqualTo("名称");
    }

    private Page only(String template, Map<String, String> values) {
        return layout.lay(Template.parse(template), values, "");
    }

    private static String form(String area) {
        return page("""
                  - form:
                      area: %s
                      labelWidth: 16
                      gap: 4
                      pitch: 8
                      label: label
                      value: value
                      rows: [{经营: "{A}"}, {日期: "{B}"}]
                """.formatted(area));
    }

    private static String page(String elements) {
        return """
                page: {width: 100, height: 80}
                seal: [50, 30, 42, 42]
                styles:
                  label: {face: sans, size: 3, minimum: 2, colour: "#000000"}
                  value: {face: serif, size: 4, minimum: 1.6, colour: "#000000"}
                elements:
                """ + elements;
    }

    private static List<Page.Text> texts(Page page) {
        return page.marks().stream()
                .filter(Page.Text.class::isInstance)
                .map(Page.Text.class::cast)
                .toList();
    }

    private static String said(Page page) {
        return texts(page).stream().map(Page.Text::text).collect(Collectors.joining());
    }
}

package org.yinzheng.signing.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.signing.InvalidInput;

class TemplateTest {
    private static final String GOOD = """
            page: {width: 100, height: 80}
            seal: [10, 10, 40, 40]
            styles:
              value: {face: serif_bold, size: 5, colour: "#a0B0c0"}
            elements:
              - fill: {area: [0, 0, 100, 80], colour: "#ffffff"}
              - text: {text: "{NAME}", at: [20, 30], width: 60, style: value, align: spread}
            """;

    @Test
    void template_wellFormed_isRead() {
        var template = Template.parse(GOOD);
        assertThat(template.sides().getFirst().seal()).hasValue(new Page.Area(10, 10, 40, 40));
        assertThat(template.sides().getFirst().elements()).hasSize(2);
        assertThat(template.styles().values())
                .containsExactly(new Template.Style(Face.SERIF_BOLD, 5, 5, 1.5, 0, new Page.Colour(0xA0, 0xB0, 0xC0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "align: spread|algin: spread|unknown-key|template.elements[1].text.algin",
                "size: 5|size: 5, weight: 3|unknown-key|template.styles.value.weight",
                "seal:|stamp: 1~seal:|unknown-key|template.stamp",
                "- fill|- fil|unknown-key|template.elements[0]",
                "width: 60, |''|missing-key|template.elements[1].text.width",
                "style: value|style: none|missing-key|template.elements[1].text.style",
                "align: spread|align: middle|wrong-type|template.elements[1].text.align",
                "'\"#ffffff\"'|white|wrong-type|template.elements[0].fill.colour",
                "'[20, 30]'|'[20]'|wrong-type|template.elements[1].text.at",
                "height: 80|height: 80, height: 81|syntax|template"
            })
    void template_withOneFault_namesCodeAndPath(String from, String to, String code, String field) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> Template.parse(GOOD.replace(from, to.replace('~', '\n'))))
                .isInstanceOfSatisfying(InvalidInput.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo(field);
                });
    }
}

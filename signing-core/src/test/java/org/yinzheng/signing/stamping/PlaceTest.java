package org.yinzheng.signing.stamping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;

class PlaceTest {
    @Test
    void everyWayOfWriting_isRead() {
        assertThat(Place.parse("page:1,150,240.5")).isEqualTo(new Place.OnPage(1, 150, 240.5));
        assertThat(Place.parse("page:last,150,240")).isEqualTo(new Place.OnPage(Place.LAST, 150, 240));
        assertThat(Place.parse("keyword:盖章处")).isEqualTo(new Place.AtKeyword("盖章处", 1));
        assertThat(Place.parse("keyword:盖章处#3")).isEqualTo(new Place.AtKeyword("盖章处", 3));
        assertThat(Place.parse("keyword:盖章处#every")).isEqualTo(new Place.AtKeyword("盖章处", Place.EVERY));
        assertThat(Place.parse("keyword:C#")).isEqualTo(new Place.AtKeyword("C#", 1));
        assertThat(Place.parse("field:form.Signature1")).isEqualTo(new Place.AtField("form.Signature1"));
        assertThat(Place.parse("anchor:seal")).isEqualTo(new Place.AtAnchor("seal"));
        assertThat(Place.parse("edge:right")).isEqualTo(new Place.AcrossEdges(Place.Edge.RIGHT, Place.Pages.ALL, 0.5));
        assertThat(Place.parse("edge:left,odd,0.4"))
                .isEqualTo(new Place.AcrossEdges(Place.Edge.LEFT, Place.Pages.ODD, 0.4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keyword",
                "keyword:",
                "page:1",
                "page:0,1,1",
                "page:1,a,1",
                "page:1,NaN,1",
                "page:1,1e9,1",
                "edge:top",
                "edge:left,2",
                "somewhere:1",
                "field: "
            })
    void whatIsNoPlace_isRefusedWithTheRule(String text) {
        assertThatThrownBy(() -> Place.parse(text)).isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.code())
                .isEqualTo("place"));
    }
}

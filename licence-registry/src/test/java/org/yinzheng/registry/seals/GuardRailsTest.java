package org.yinzheng.registry.seals;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.testdata.DemoPeople;

class GuardRailsTest {
    private static final CreditCode OURS = new CreditCode(DemoPeople.MARKET_SUPERVISION.creditCode());
    private static final CreditCode OTHERS = new CreditCode(DemoPeople.PUBLIC_SECURITY.creditCode());
    private static final Actor ACTOR = new Actor("officer-1", "issuer");
    /// A Monday, 09:00 in China.
    private static final Instant MONDAY_NINE = Instant.parse("2026-11-23T01:00:00Z");

    private static final GuardRails RAILS = new GuardRails(
            Set.of(DocumentKind.PDF, DocumentKind.LICENCE),
            Set.of("11100000000013338W001"),
            OptionalInt.of(10),
            Optional.of(new GuardRails.Hours(Set.of(MONDAY, FRIDAY), LocalTime.of(8, 30), LocalTime.of(17, 30))),
            OptionalInt.of(20),
            Set.of(OURS));

    @Test
    void withinEveryRail_passes() {
        assertThat(RAILS.refuse(pdf(MONDAY_NINE, 20))).isEmpty();
    }

    @Test
    void anotherAuthoritysPeople_areRefused() {
        var theirs = new Occasion(MONDAY_NINE, ACTOR, OTHERS, DocumentKind.PDF, Optional.empty(), 1, Optional.empty());

        assertCode(RAILS, theirs, "seal-not-your-authority");
    }

    @Test
    void kindThatItDoesNotStamp_isRefused() {
        var ofd = new Occasion(MONDAY_NINE, ACTOR, OURS, DocumentKind.OFD, Optional.empty(), 1, Optional.empty());

        assertCode(RAILS, ofd, "seal-kind-not-allowed");
    }

    @Test
    void licenceTypeThatItDoesNotStamp_isRefused() {
        var permit = new Occasion(
                MONDAY_NINE,
                ACTOR,
                OURS,
                DocumentKind.LICENCE,
                Optional.of("11100000000013338W002"),
                1,
                Optional.empty());

        assertCode(RAILS, permit, "seal-type-not-allowed");
    }

    @Test
    void hours_areChinas_withTheirFirstMinuteAndWithoutTheirLast() {
        assertCode(RAILS, pdf(Instant.parse("2026-11-23T00:29:59Z"), 1), "seal-outside-hours");
        assertThat(RAILS.refuse(pdf(Instant.parse("2026-11-23T00:30:00Z"), 1))).isEmpty();
        assertThat(RAILS.refuse(pdf(Instant.parse("2026-11-23T09:29:59Z"), 1))).isEmpty();
        assertCode(RAILS, pdf(Instant.parse("2026-11-23T09:30:00Z"), 1), "seal-outside-hours");
    }

    @Test
    void weekday_isChinas() {
        var late = new GuardRails(
                Set.of(),
                Set.of(),
                OptionalInt.empty(),
                Optional.of(new GuardRails.Hours(Set.of(MONDAY), LocalTime.MIN, LocalTime.of(8, 0))),
                OptionalInt.empty(),
                Set.of(OURS));

        // Sunday evening in Greenwich is Monday morning in China
        assertThat(late.refuse(pdf(Instant.parse("2026-11-22T17:00:00Z"), 1))).isEmpty();
        assertCode(late, pdf(Instant.parse("2026-11-23T17:00:00Z"), 1), "seal-outside-hours");
        assertCode(RAILS, pdf(MONDAY_NINE.plusSeconds(86_400), 1), "seal-outside-hours");
    }

    @Test
    void aboveTheThreshold_anotherPersonReleases() {
        assertCode(RAILS, pdf(MONDAY_NINE, 21), "seal-release-needed");
        assertCode(RAILS, released(new Actor(ACTOR.subject(), "operator")), "seal-release-needed");
        assertThat(RAILS.refuse(released(new Actor("officer-2", "issuer")))).isEmpty();
    }

    @Test
    void json_readsWhatItWrote() {
        assertThat(RailsJson.read(RailsJson.write(RAILS))).isEqualTo(RAILS);
        assertThat(RailsJson.read(RailsJson.write(GuardRails.of(OURS)))).isEqualTo(GuardRails.of(OURS));
    }

    @Test
    void json_thatIsWrong_namesTheMember() throws Exception {
        var json = new ObjectMapper();
        for (var text : List.of(
                "{\"kinds\":\"PDF\"}",
                "{\"kinds\":[\"DOC\"]}",
                "{\"dailyQuota\":0,\"authorities\":[\"" + OURS.value() + "\"]}",
                "{\"dailyQuota\":1.5}",
                "{\"dailyQuota\":99999999999}",
                "{\"releaseAbove\":-1,\"authorities\":[\"" + OURS.value() + "\"]}",
                "{\"hours\":{\"days\":[\"mon\"],\"from\":\"9\",\"until\":\"10:00\"}}",
                "{\"hours\":{\"days\":[\"mon\"],\"from\":\"11:00\",\"until\":\"10:00\"}}",
                "{\"hours\":{\"days\":[\"montag\"],\"from\":\"09:00\",\"until\":\"10:00\"}}",
                "{\"authorities\":[\"123\"]}",
                "{\"authorities\":[]}",
                "{\"whenever\":true}")) {
            assertThatExceptionOfType(InvalidInput.class)
                    .as(text)
                    .isThrownBy(() -> RailsJson.read(json.readTree(text)))
                    .satisfies(e -> assertThat(e.field()).startsWith("guardRails"));
        }
    }

    private static Occasion pdf(Instant at, int documents) {
        return new Occasion(at, ACTOR, OURS, DocumentKind.PDF, Optional.empty(), documents, Optional.empty());
    }

    private static Occasion released(Actor second) {
        return new Occasion(MONDAY_NINE, ACTOR, OURS, DocumentKind.PDF, Optional.empty(), 21, Optional.of(second));
    }

    private static void assertCode(GuardRails rails, Occasion occasion, String code) {
        assertThat(rails.refuse(occasion)).map(Refusal::code).hasValue(code);
    }
}

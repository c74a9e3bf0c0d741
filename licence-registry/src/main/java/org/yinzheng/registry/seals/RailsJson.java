package org.yinzheng.registry.seals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.signing.InvalidInput;

/// Guard rails as JSON, in the registry and in the API alike.
public final class RailsJson {
    private static final Set<String> MEMBERS =
            Set.of("kinds", "licenceTypes", "dailyQuota", "hours", "releaseAbove", "authorities");

    private RailsJson() {}

    public static ObjectNode write(GuardRails rails) {
        var json = JsonNodeFactory.instance.objectNode();
        list(json, "kinds", rails.kinds().stream().map(Enum::name).toList());
        list(json, "licenceTypes", rails.licenceTypes());
        rails.dailyQuota().ifPresent(quota -> json.put("dailyQuota", quota));
        rails.hours().ifPresent(hours -> {
            var node = json.putObject("hours");
            list(node, "days", hours.days().stream().map(RailsJson::name).toList());
            node.put("from", hours.from().toString()).put("until", hours.until().toString());
        });
        rails.releaseAbove().ifPresent(threshold -> json.put("releaseAbove", threshold));
        list(
                json,
                "authorities",
                rails.authorities().stream().map(CreditCode::value).toList());
        return json;
    }

    /// @throws InvalidInput naming the member that is wrong
    public static GuardRails read(JsonNode json) {
        for (var property : json.properties()) {
            if (!MEMBERS.contains(property.getKey())) {
                throw new InvalidInput("unknown-member", "guardRails", "the contract knows " + MEMBERS);
            }
        }
        return new GuardRails(
                set(json, "kinds", RailsJson::kind),
                set(json, "licenceTypes", Function.identity()),
                number(json, "dailyQuota"),
                json.has("hours") ? Optional.of(hours(json.get("hours"))) : Optional.empty(),
                number(json, "releaseAbove"),
                set(json, "authorities", code -> CreditCode.of("guardRails.authorities", code)));
    }

    private static GuardRails.Hours hours(JsonNode json) {
        try {
            return new GuardRails.Hours(
                    set(json, "days", RailsJson::day),
                    LocalTime.parse(json.path("from").asText()),
                    LocalTime.parse(json.path("until").asText()));
        } catch (DateTimeException e) {
            throw new InvalidInput("seal-hours", "guardRails.hours", "times are written as 08:30");
        }
    }

    private static <T> Set<T> set(JsonNode json, String member, Function<String, T> value) {
        var node = json.path(member);
        if (!node.isMissingNode() && !node.isArray()) {
            throw wrong(member, "a list is expected");
        }
        var values = new HashSet<T>();
        for (var element : node) {
            if (!element.isTextual()) {
                throw wrong(member, "a list of texts is expected");
            }
            values.add(value.apply(element.textValue()));
        }
        return values;
    }

    private static OptionalInt number(JsonNode json, String member) {
        var node = json.path(member);
        if (node.isMissingNode() || node.isNull()) {
            return OptionalInt.empty();
        }
        if (!node.canConvertToInt() || !node.isIntegralNumber()) {
            throw wrong(member, "a whole number is expected");
        }
        return OptionalInt.of(node.intValue());
    }

    private static DocumentKind kind(String name) {
        try {
            return DocumentKind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw wrong("kinds", "PDF, OFD, XML, DIGEST or LICENCE");
        }
    }

    private static DayOfWeek day(String name) {
        for (var day : DayOfWeek.values()) {
            if (name(day).equals(name)) {
                return day;
            }
        }
        throw wrong("hours.days", "mon, tue, wed, thu, fri, sat or sun");
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static void list(ObjectNode json, String member, Collection<String> values) {
        var array = json.putArray(member);
        values.stream().sorted().forEach(array::add);
    }

    private static InvalidInput wrong(String member, String rule) {
        return new InvalidInput("seal-rails", "guardRails." + member, rule);
    }
}

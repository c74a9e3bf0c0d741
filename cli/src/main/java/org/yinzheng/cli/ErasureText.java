package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.Obstacle;

/// Erasures for people who read a terminal.
final class ErasureText {
    private ErasureText() {}

    /// @param plan as `ErasurePlan` in `openapi.yaml`
    static String plan(JsonNode plan) {
        if (plan.path("licences").isEmpty()) {
            return "登记库中没有此人的数据。 The registry has no data of this holder.";
        }
        var lines = new ArrayList<String>();
        for (var licence : plan.path("licences")) {
            lines.add(licence.path("id").asText() + "  " + licence.path("type").asText());
            lines.add(
                    licence.path("firstHolder").asBoolean()
                            ? "    删除全部内容  everything goes"
                            : "    删除此人的姓名和号码  this holder's name and number go");
            for (var name : licence.path("obstacles")) {
                var obstacle = Obstacle.valueOf(name.asText());
                lines.add("    ✘ " + obstacle.chinese() + "  " + obstacle.english());
            }
        }
        lines.add(
                plan.path("allowed").asBoolean()
                        ? "✔ 可以删除  may be erased: " + amounts(plan)
                        : "✘ 不予删除，未作任何改动  may not be erased; nothing was changed");
        return String.join(System.lineSeparator(), lines);
    }

    private static String amounts(JsonNode of) {
        return "文件 documents " + of.path("documents").asInt() + "，日志条目 entries of the log "
                + of.path("entries").asInt();
    }

    /// @param order as `Erasure` in `openapi.yaml`
    static String line(JsonNode order) {
        var state = ErasureOrder.State.valueOf(order.path("state").asText());
        var line = "%s  %s %s  提出 proposed by %s %s"
                .formatted(
                        order.path("id").asText(),
                        state.chinese(),
                        state.english(),
                        order.path("proposedBy").asText(),
                        second(order.path("proposedAt")));
        return order.has("decidedBy")
                ? line + "  办结 decided by " + order.path("decidedBy").asText() + " " + second(order.path("decidedAt"))
                : line + "  有效至 open until " + second(order.path("lapsesAt"));
    }

    private static Instant second(JsonNode time) {
        return Instant.parse(time.asText()).truncatedTo(ChronoUnit.SECONDS);
    }

    /// With what would go, or went.
    static String order(JsonNode order) {
        if (order.has("plan")) {
            return line(order) + System.lineSeparator() + plan(order.path("plan"));
        }
        if (!order.has("outcome")) {
            return line(order);
        }
        var outcome = order.path("outcome");
        return line(order) + System.lineSeparator() + "✔ 已删除 erased: 证照 licences "
                + outcome.path("licences").asInt() + "，" + amounts(outcome);
    }
}

package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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
        var table = new Table("证照 licence", "类型 type", "删除 what goes", "障碍 what forbids it");
        for (var licence : plan.path("licences")) {
            table.row(
                    licence.path("id").asText(),
                    licence.path("type").asText(),
                    licence.path("firstHolder").asBoolean() ? "全部内容 everything" : "此人的姓名和号码 name and number",
                    obstacles(licence.path("obstacles")));
        }
        return table
                + System.lineSeparator()
                + (plan.path("allowed").asBoolean()
                        ? "✔ 可以删除 may be erased: " + amounts(plan)
                        : "✘ 不予删除，未作任何改动。 May not be erased; nothing was changed.");
    }

    private static String obstacles(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(name -> Obstacle.valueOf(name.asText()))
                .map(obstacle -> obstacle.chinese() + " " + obstacle.english())
                .collect(Collectors.joining("; "));
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
                        order.path("proposedAt").asText());
        return order.has("decidedBy")
                ? line + "  办结 decided by " + order.path("decidedBy").asText() + " "
                        + order.path("decidedAt").asText()
                : line + "  有效至 open until " + order.path("lapsesAt").asText();
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
                + outcome.path("licences").asInt() + "，" + amounts(outcome) + System.lineSeparator()
                + "此前的备份在轮换并销毁旧数据密钥后才无法读出：yinzheng keys rotate"
                + System.lineSeparator()
                + "Backups still have it until the data key is rotated and the old one retired: yinzheng keys rotate";
    }
}

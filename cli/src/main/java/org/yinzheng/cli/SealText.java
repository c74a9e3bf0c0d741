package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Seals and their uses for a terminal.
final class SealText {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private SealText() {}

    static String list(JsonNode items) {
        var table = new Table("编码 id", "名称 name", "类型 kind", "状态 state", "到期 ends");
        for (var seal : items) {
            table.row(
                    seal.path("id").asText(),
                    seal.path("name").asText(),
                    seal.at("/kind/code").asText() + " " + seal.at("/kind/name").asText(),
                    state(seal),
                    end(seal));
        }
        return table.toString();
    }

    static String of(JsonNode seal) {
        var lines = new ArrayList<String>();
        lines.add(seal.path("name").asText() + "  " + seal.path("id").asText());
        lines.add("  类型 kind      " + seal.at("/kind/code").asText() + " "
                + seal.at("/kind/name").asText() + "  " + seal.path("lowerText").asText());
        lines.add("  持有人 holder  " + seal.at("/holder/name").asText() + "  "
                + seal.at("/holder/maskedId").asText());
        lines.add("  保管 keeper    " + seal.at("/keeper/name").asText());
        lines.add("  状态 state     " + state(seal));
        lines.add("  有效期 ends    " + end(seal));
        for (var signer : seal.at("/current/signers")) {
            lines.add("  签章密钥 key   " + signer.path("suite").asText() + "  "
                    + signer.path("key").asText() + "  至 until "
                    + time(signer.path("notAfter").asText()));
        }
        lines.add("  用印限制 guard rails  " + seal.path("guardRails"));
        for (var round : seal.path("open")) {
            lines.add("  在办 under way  " + round.path("kind").asText() + " "
                    + round.path("stage").asText() + next(round));
        }
        if (seal.has("history")) {
            lines.add("");
            lines.add(history(seal.path("history")).toString());
        }
        return String.join(System.lineSeparator(), lines);
    }

    static String uses(JsonNode items) {
        var table = new Table("时间 at", "印章 seal", "经办 actor", "用途 purpose", "文件 document (SHA-256)", "状态 state");
        for (var use : items) {
            table.row(
                    time(use.path("at").asText()),
                    use.path("seal").asText(),
                    use.path("actor").asText(),
                    use.path("purpose").asText(),
                    use.path("kind").asText() + " "
                            + use.path("sha256").asText().substring(0, 16) + "…",
                    use.path("state").asText());
        }
        return table.toString();
    }

    static String blastRadius(JsonNode radius) {
        var table = new Table("月份 month", "类型 type", "机构 authority", "份数 documents");
        for (var line : radius.path("lines")) {
            table.row(
                    line.path("month").asText(),
                    line.path("type").asText(),
                    line.path("authority").asText(),
                    line.path("count").asLong());
        }
        return "该印章已用印 " + radius.path("total").asLong() + " 份，正在用印 "
                + radius.path("open").asLong()
                + " 份。  stamped with this seal: " + radius.path("total").asLong() + ", under way: "
                + radius.path("open").asLong()
                + (radius.path("lines").isEmpty() ? "" : System.lineSeparator() + table);
    }

    static List<String> next(JsonNode seal, String done) {
        var lines = new ArrayList<>(List.of(done + "  " + seal.path("id").asText() + "  " + state(seal)));
        for (var round : seal.path("open")) {
            var next = next(round);
            if (!next.isEmpty()) {
                lines.add("下一步 next:" + next);
            }
        }
        return lines;
    }

    private static String next(JsonNode round) {
        var certified = true;
        for (var signer : round.path("signers")) {
            certified &= signer.has("notAfter");
        }
        return switch (round.path("kind").asText() + " " + round.path("stage").asText()) {
            case "MAKING OPEN", "RENEWAL OPEN" -> "  安全管理员批准  a security administrator: seal approve";
            case "MAKING APPROVED", "RENEWAL APPROVED" ->
                certified
                        ? "  制章者制作  the seal maker: seal make"
                        : "  印章管理员导入证书  a custodian: seal csr, then seal certificate";
            case "MAKING MADE", "RENEWAL MADE" -> "  另一印章管理员领用  another custodian: seal accept";
            case "SUSPENSION OPEN" -> "  另一人恢复  another person: seal resume";
            case "DESTRUCTION OPEN" -> "  安全管理员销毁  a security administrator: seal destroy";
            default -> "";
        };
    }

    private static Table history(JsonNode history) {
        var table = new Table("时间 at", "事项 round", "步骤 step", "经办 actor", "理由 reason");
        for (var done : history) {
            table.row(
                    time(done.path("at").asText()),
                    done.path("round").asInt(),
                    done.at("/text/zh").asText() + " " + done.at("/text/en").asText(),
                    done.path("actor").asText() + " (" + done.path("role").asText() + ")",
                    done.path("reason").asText());
        }
        return table;
    }

    private static String state(JsonNode seal) {
        return seal.at("/text/zh").asText() + " " + seal.at("/text/en").asText();
    }

    private static String end(JsonNode seal) {
        if (!seal.has("daysLeft")) {
            return "";
        }
        var days = seal.path("daysLeft").asLong();
        var warning = seal.path("ending").asBoolean() ? "⚠ 请换发 renew: " : "";
        return days < 0 ? warning + "已到期 ended" : warning + days + " 天 days";
    }

    private static String time(String instant) {
        return instant.isEmpty() ? "" : TIME.format(Instant.parse(instant).atZone(ZONE));
    }
}

package org.yinzheng.api.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Steps;

/// The answer to a verification, for a person: the three big plain answers and the next step first, then the reasons,
/// then signatures and checks for whoever wants to know more. Reads the JSON that the API gives.
public final class AnswerView {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final ZoneId zone;

    public AnswerView(ZoneId zone) {
        this.zone = zone;
    }

    Html answer(Lang lang, JsonNode verification) {
        var answers = verification.path("answers");
        var documents = documents(verification);
        return Html.of(
                """
                <article class="answer">
                  <div class="answers">{}{}{}</div>
                  <section class="next"><h2>{}</h2><p>{}</p></section>
                  {}{}{}{}{}
                </article>
                """,
                panel(lang, lang.of("是否真实", "Genuine?"), answers.path("genuine")),
                panel(lang, lang.of("是否有效", "In force?"), answers.path("inForce")),
                panel(lang, lang.of("是否属于此人", "This holder's?"), answers.path("holder")),
                lang.of("下一步", "What to do"),
                text(lang, answers.path("next")),
                ReceiptView.links(lang, verification),
                licence(lang, verification.path("standing")),
                asked(lang, verification),
                twins(lang, verification.path("twins")),
                Html.all(documents.stream()
                        .map(document -> document(lang, document))
                        .toList()));
    }

    /// One document stands in the answer itself, several in a list of their own.
    private static List<JsonNode> documents(JsonNode verification) {
        return verification.has("documents")
                ? list(verification.path("documents"))
                : verification.has("indication") ? List.of(verification) : List.of();
    }

    private static Html panel(Lang lang, String question, JsonNode answer) {
        var value = Value.valueOf(answer.path("value").asText());
        var kind =
                switch (value) {
                    case YES -> "is-yes";
                    case NO -> "is-no";
                    case CANNOT_SAY -> "is-unknown";
                };
        var mark =
                switch (value) {
                    case YES -> "✓";
                    case NO -> "✕";
                    case CANNOT_SAY -> "?";
                };
        // the first sentence is the answer, the rest explains it
        var text = text(lang, answer);
        int end = text.indexOf(lang == Lang.ZH ? "。" : ". ") + 1;
        var head = end > 0 && end < text.length() ? text.substring(0, end) : text;
        return Html.of(
                """
                <section class="verdict {}" data-value="{}" data-code="{}">
                  <p class="mark" aria-hidden="true">{}</p>
                  <div><h2>{}</h2><p class="big">{}</p><p>{}</p></div>
                </section>
                """,
                kind,
                value.name(),
                answer.path("code").asText(),
                mark,
                question,
                head.replaceAll("[。.]$", ""),
                text.substring(head.length()).strip());
    }

    static Html licence(Lang lang, JsonNode standing) {
        if (!standing.path("known").asBoolean()) {
            return Html.EMPTY;
        }
        return Html.of(
                """
                <dl class="facts">
                  <dt>{}</dt><dd>{}</dd>
                  <dt>{}</dt><dd>{}</dd>
                  <dt>{}</dt><dd>{} — {}</dd>
                  <dt>{}</dt><dd>{}</dd>{}{}{}{}
                </dl>
                """,
                lang.of("证照类型", "Licence"),
                standing.path("typeName").asText(),
                lang.of("颁发机构", "Issued by"),
                standing.path("authorityName").asText()
                        + (standing.has("succeededBy")
                                ? lang.of("（现由", " (now ")
                                        + standing.path("succeededBy").asText()
                                        + lang.of("承接）", ")")
                                : ""),
                lang.of("有效期", "Valid"),
                standing.path("validFrom").asText(),
                standing.has("validUntil") ? standing.path("validUntil").asText() : lang.of("长期", "no end"),
                lang.of("在案状态", "Standing"),
                text(lang, standing.path("text")),
                standing.path("disputed").asBoolean()
                        ? fact(lang.of("异议", "Dispute"), lang.of("异议中，尚未处理完毕", "disputed, not decided yet"))
                        : Html.EMPTY,
                copy(lang, standing.path("copy")),
                standing.has("supersededBy")
                        ? successor(lang, standing.path("supersededBy").asText())
                        : Html.EMPTY,
                parts(lang, standing.path("parts")));
    }

    private static Html copy(Lang lang, JsonNode copy) {
        return copy.isMissingNode()
                ? Html.EMPTY
                : Html.of(
                        "<dt>{}</dt><dd><b>{}</b></dd>{}{}",
                        lang.of("加注件", "Copy for one use"),
                        lang.of(
                                "仅限办理" + copy.path("purpose").asText() + "使用",
                                copy.path("purpose").asText()),
                        fact(
                                lang.of("接收单位", "Recipient"),
                                copy.path("recipient").asText()),
                        fact(
                                lang.of("使用截止", "Last day"),
                                copy.path("lastDay").asText()
                                        + (copy.path("expired").asBoolean() ? lang.of("（已过期）", " (expired)") : "")));
    }

    /// What a combined licence binds, each with its own standing.
    static Html parts(Lang lang, JsonNode parts) {
        if (parts.isEmpty()) {
            return Html.EMPTY;
        }
        var rows = list(parts).stream()
                .map(part -> Html.of(
                        "<li><span class=\"tag {}\">{}</span> <a href=\"/v/{}\">{}</a> <span class=\"quiet\">{}</span>{}{}</li>",
                        part.path("standing").asText().equals("IN_FORCE") ? "tag-yes" : "tag-no",
                        text(lang, part.path("text")),
                        part.path("licenceId").asText(),
                        part.path("typeName").asText(),
                        part.path("maskedNumber").asText(),
                        part.path("disputed").asBoolean()
                                ? Html.of(" <span class=\"tag tag-no\">{}</span>", lang.of("异议中", "disputed"))
                                : Html.EMPTY,
                        part.has("supersededBy")
                                ? Html.of(
                                        " <a href=\"/v/{}\">{}</a>",
                                        part.path("supersededBy").asText(),
                                        lang.of("查看新证", "its successor"))
                                : Html.EMPTY))
                .toList();
        return Html.of("<dt>{}</dt><dd><ul class=\"parts\">{}</ul></dd>", lang.of("所含证照", "Binds"), Html.all(rows));
    }

    private static Html successor(Lang lang, String id) {
        return Html.of(
                "<dt>{}</dt><dd class=\"breakable\"><a href=\"/v/{}\">{}</a></dd>",
                lang.of("新证", "Replaced by"),
                id,
                id);
    }

    private Html asked(Lang lang, JsonNode verification) {
        var purpose = verification.path("asked").path("purpose").asText();
        return Html.of(
                "<dl class=\"facts\">{}{}<dt>{}</dt><dd>{}</dd></dl>",
                purpose.isEmpty() ? Html.EMPTY : fact(lang.of("用途", "Purpose"), purpose),
                verification.has("id")
                        ? Html.of(
                                "<dt>{}</dt><dd class=\"breakable\"><code>{}</code></dd>",
                                lang.of("核验编号", "Verification"),
                                verification.path("id").asText())
                        : Html.EMPTY,
                lang.of("核验时间", "Verified"),
                time(verification.path("verifiedAt")));
    }

    private static Html twins(Lang lang, JsonNode twins) {
        return twins.isMissingNode()
                ? Html.EMPTY
                : Html.of(
                        "<p class=\"twins\">{} {}</p>",
                        text(lang, twins),
                        Html.all(list(twins.path("fields")).stream()
                                .map(field -> Html.of("<code>{}</code> ", field.asText()))
                                .toList()));
    }

    private Html document(Lang lang, JsonNode document) {
        var indication = Indication.valueOf(document.path("indication").asText().replace('-', '_'));
        return Html.of(
                """
                <section class="document">
                  <h2 class="breakable">{}</h2>
                  <p><span class="tag {}">{}</span> {} · {} <code>{}</code></p>
                  {}
                  <dl class="facts">{}{}{}{}</dl>
                  {}
                </section>
                """,
                document.path("file").asText(),
                Terms.tag(indication),
                Terms.of(lang, indication),
                Terms.format(lang, document.path("format").asText()),
                Terms.of(lang, Integrity.valueOf(document.path("integrity").asText())),
                indication.wireName(),
                reasons(lang, document.path("reasonTexts")),
                coded(lang.of("证照标识", "Identifier"), document.path("licenceId")),
                document.has("why")
                        ? fact(lang.of("技术说明", "Detail"), document.path("why").asText())
                        : Html.EMPTY,
                coded("SHA-256", document.path("digests").path("sha256")),
                coded("SM3", document.path("digests").path("sm3")),
                signatures(lang, document));
    }

    private static Html reasons(Lang lang, JsonNode reasons) {
        if (reasons.isEmpty()) {
            return Html.EMPTY;
        }
        return Html.of(
                "<div class=\"reasons\"><h3>{}</h3><ul>{}</ul></div>",
                lang.of("理由", "Why"),
                Html.all(list(reasons).stream()
                        .map(reason -> Html.of(
                                "<li>{} <code>{}</code></li>",
                                text(lang, reason),
                                reason.path("code").asText()))
                        .toList()));
    }

    private Html signatures(Lang lang, JsonNode document) {
        var signatures = list(document.path("signatures"));
        var checks = document.path("checks");
        if (signatures.isEmpty() && checks.isEmpty()) {
            return Html.EMPTY;
        }
        return Html.of(
                "<div class=\"signatures\"><h3>{}（{}）</h3>{}{}</div>",
                lang.of("签名与印章", "Signatures and seals"),
                signatures.size(),
                Html.all(signatures.stream()
                        .map(signature -> signature(lang, signature))
                        .toList()),
                checks.isEmpty()
                        ? Html.EMPTY
                        : Html.of(
                                "<details><summary>{}</summary>{}</details>",
                                lang.of("整份文件的检查", "Checks on the document as a whole"),
                                checks(lang, checks)));
    }

    private Html signature(Lang lang, JsonNode signature) {
        var indication =
                Indication.valueOf(signature.path("indication").asText().replace('-', '_'));
        return Html.of(
                """
                <details{}>
                  <summary><span class="tag {}">{}</span> {} <span class="quiet">{} · {}</span></summary>
                  <dl class="facts">
                    <dt>{}</dt><dd class="breakable">{}</dd>{}
                    <dt>{}</dt><dd>{}</dd>{}
                    <dt>{}</dt><dd>{}</dd>
                  </dl>
                  {}
                </details>
                """,
                indication == Indication.TOTAL_PASSED ? Html.EMPTY : Html.of(" open"),
                Terms.tag(indication),
                Terms.of(lang, indication),
                commonName(signature.path("signer").asText()),
                signature.path("kind").asText(),
                signature.path("algorithm").asText(),
                lang.of("签名人", "Signer"),
                signature.path("signer").asText(),
                signature.has("seal")
                        ? fact(
                                lang.of("印章", "Seal"),
                                signature.path("seal").path("name").asText())
                        : Html.EMPTY,
                lang.of("签名时间（自述）", "Time (claimed)"),
                time(signature.path("time")),
                signature.has("provenTime")
                        ? fact(lang.of("签名时间（已证明）", "Time (proven)"), time(signature.path("provenTime")))
                        : Html.EMPTY,
                lang.of("覆盖范围", "Covers"),
                text(lang, signature.path("coverageText")),
                checks(lang, signature.path("checks")));
    }

    private static Html checks(Lang lang, JsonNode checks) {
        var rows = list(checks).stream()
                .map(check -> Html.of(
                        "<li class=\"{}\"><span aria-hidden=\"true\">{}</span><b>{}</b> {}{} <span class=\"quiet\">{}</span></li>",
                        check.path("passed").asBoolean() ? "ok" : "bad",
                        check.path("passed").asBoolean() ? "✓" : "✕",
                        step(lang, check.path("step").asText()),
                        check.has("text") ? text(lang, check.path("text")) + lang.of("：", ": ") : "",
                        check.path("found").asText(),
                        check.path("clause").asText()))
                .toList();
        return Html.of("<ul class=\"checks\">{}</ul>", Html.all(rows));
    }

    private static Html fact(String name, String value) {
        return Html.of("<dt>{}</dt><dd>{}</dd>", name, value);
    }

    private static Html coded(String name, JsonNode value) {
        return value.isTextual()
                ? Html.of("<dt>{}</dt><dd class=\"breakable\"><code>{}</code></dd>", name, value.asText())
                : Html.EMPTY;
    }

    private static String commonName(String subject) {
        for (var part : subject.split(",", -1)) {
            var stripped = part.strip();
            if (stripped.startsWith("CN=")) {
                return stripped.substring(3);
            }
        }
        return subject;
    }

    /// A kept answer may name a check that a later version has no title for.
    private static String step(Lang lang, String name) {
        return Steps.names().contains(name) ? lang.of(Steps.title(name)) : name;
    }

    static String text(Lang lang, JsonNode text) {
        return lang.of(text.path("zh").asText(), text.path("en").asText());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private String time(JsonNode instant) {
        return instant.isTextual()
                ? MINUTE.format(Instant.parse(instant.asText()).atZone(zone))
                : "—";
    }
}

package org.yinzheng.api.pages;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.yinzheng.api.http.Answers;
import org.yinzheng.api.http.Lookup;
import org.yinzheng.api.http.Upload;
import org.yinzheng.api.http.Verification;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.Steps;

/// The answer to a verification, for a person: the big plain answers and the next step first, then the reasons,
/// then signatures and checks for whoever wants to know more.
public final class AnswerView {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Clock clock;
    private final ZoneId zone;

    public AnswerView(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    Html answer(Lang lang, Upload upload, Verification.Outcome outcome) {
        var report = outcome.report();
        var answers = Answers.of(report, outcome.lookup());
        return Html.of(
                """
                <article class="answer">
                  <div class="answers">{}{}</div>
                  <section class="next"><h2>{}</h2><p>{}</p></section>
                  {}{}
                  <dl class="facts">
                    <dt>{}</dt><dd class="breakable">{}</dd>
                    <dt>{}</dt><dd>{} · {} · {} <code>{}</code></dd>
                    {}
                    <dt>{}</dt><dd>{}</dd>
                  </dl>
                  {}
                </article>
                """,
                panel(lang, lang.of("真实性", "Genuine?"), answers.genuine()),
                panel(lang, lang.of("在案状态", "In force?"), answers.inForce()),
                lang.of("下一步", "What to do"),
                lang.of(answers.next()),
                reasons(lang, report),
                licence(lang, outcome.lookup()),
                lang.of("文件", "File"),
                upload.name(),
                lang.of("结论", "Indication"),
                Terms.format(lang, report.format()),
                Terms.of(lang, report.indication()),
                Terms.of(lang, report.integrity()),
                report.indication().wireName(),
                identifier(lang, report),
                lang.of("核验时间", "Verified"),
                time(clock.instant()),
                signatures(lang, report));
    }

    private static Html panel(Lang lang, String question, Answers.Answer answer) {
        var kind =
                switch (answer.value()) {
                    case YES -> "is-yes";
                    case NO -> "is-no";
                    case UNKNOWN -> "is-unknown";
                };
        var mark =
                switch (answer.value()) {
                    case YES -> "✓";
                    case NO -> "✕";
                    case UNKNOWN -> "?";
                };
        // the first sentence is the answer, the rest explains it
        var text = lang.of(answer.text());
        int end = text.indexOf(lang == Lang.ZH ? "。" : ". ") + 1;
        var head = end > 0 && end < text.length() ? text.substring(0, end) : text;
        return Html.of(
                """
                <section class="verdict {}" data-value="{}">
                  <p class="mark" aria-hidden="true">{}</p>
                  <div><h2>{}</h2><p class="big">{}</p><p>{}</p></div>
                </section>
                """,
                kind,
                answer.value().name(),
                mark,
                question,
                head.replaceAll("[。.]$", ""),
                text.substring(head.length()).strip());
    }

    private static Html reasons(Lang lang, Report report) {
        var reasons = report.reasons();
        if (reasons.isEmpty()) {
            return Html.EMPTY;
        }
        var items = reasons.stream()
                .map(reason -> Html.of("<li>{} <code>{}</code></li>", lang.of(reason.text()), reason.name()))
                .toList();
        return Html.of(
                "<section class=\"reasons\"><h2>{}</h2><ul>{}</ul></section>", lang.of("理由", "Why"), Html.all(items));
    }

    private static Html licence(Lang lang, Lookup lookup) {
        return switch (lookup) {
            case Lookup.Known known -> licence(lang, known.standing());
            case Lookup.Unknown unknown -> Html.EMPTY;
            case Lookup.Unavailable unavailable -> Html.EMPTY;
            case Lookup.NotAsked notAsked -> Html.EMPTY;
        };
    }

    static Html licence(Lang lang, StandingFact fact) {
        return Html.of(
                """
                <dl class="facts">
                  <dt>{}</dt><dd>{}</dd>
                  <dt>{}</dt><dd>{}</dd>
                  <dt>{}</dt><dd>{} — {}</dd>
                  <dt>{}</dt><dd>{}</dd>
                </dl>
                """,
                lang.of("证照类型", "Licence"),
                fact.typeName(),
                lang.of("颁发机构", "Issued by"),
                fact.authorityName(),
                lang.of("有效期", "Valid"),
                fact.validFrom(),
                fact.validUntil().map(Object::toString).orElse(lang.of("长期", "no end")),
                lang.of("在案状态", "Standing"),
                lang.of(fact.standing().chinese(), fact.standing().english()));
    }

    private static Html identifier(Lang lang, Report report) {
        return switch (report) {
            case Report.Judged judged ->
                judged.licenceId()
                        .map(id -> Html.of(
                                "<dt>{}</dt><dd class=\"breakable\"><code>{}</code></dd>",
                                lang.of("证照标识", "Identifier"),
                                id))
                        .orElse(Html.EMPTY);
            case Report.Malformed malformed ->
                Html.of("<dt>{}</dt><dd>{}</dd>", lang.of("技术说明", "Detail"), malformed.why());
            case Report.Unsigned unsigned -> Html.EMPTY;
        };
    }

    private Html signatures(Lang lang, Report report) {
        if (!(report instanceof Report.Judged judged)) {
            return Html.EMPTY;
        }
        var parts = judged.signatures().stream()
                .map(signature -> signature(lang, signature))
                .toList();
        return Html.of(
                "<section class=\"signatures\"><h2>{}（{}）</h2>{}{}</section>",
                lang.of("签名与印章", "Signatures and seals"),
                judged.signatures().size(),
                Html.all(parts),
                judged.documentChecks().isEmpty()
                        ? Html.EMPTY
                        : Html.of(
                                "<details><summary>{}</summary>{}</details>",
                                lang.of("整份文件的检查", "Checks on the document as a whole"),
                                checks(lang, judged.documentChecks())));
    }

    private Html signature(Lang lang, SignatureReport signature) {
        var failed = !signature.reasons().isEmpty();
        var seal = signature
                .seal()
                .map(shown -> Html.of("<dt>{}</dt><dd>{}</dd>", lang.of("印章", "Seal"), shown.name()))
                .orElse(Html.EMPTY);
        return Html.of(
                """
                <details{}>
                  <summary><span class="tag {}">{}</span> {} <span class="quiet">{} · {}</span></summary>
                  <dl class="facts">
                    <dt>{}</dt><dd class="breakable">{}</dd>{}
                    <dt>{}</dt><dd>{}</dd>
                    <dt>{}</dt><dd>{}</dd>
                  </dl>
                  {}
                </details>
                """,
                failed ? Html.of(" open") : Html.EMPTY,
                Terms.tag(signature.indication()),
                Terms.of(lang, signature.indication()),
                commonName(signature.signer()),
                signature.kind(),
                signature.algorithm(),
                lang.of("签名人", "Signer"),
                signature.signer(),
                seal,
                lang.of("签名时间（自述）", "Time (claimed)"),
                signature.claimedTime().map(this::time).orElse("—"),
                lang.of("覆盖范围", "Covers"),
                lang.of(signature.coverage()),
                checks(lang, signature.checks()));
    }

    private static Html checks(Lang lang, List<Check> checks) {
        var rows = checks.stream()
                .map(check -> Html.of(
                        "<li class=\"{}\"><span aria-hidden=\"true\">{}</span><b>{}</b> {}{} <span class=\"quiet\">{}</span></li>",
                        check.passed() ? "ok" : "bad",
                        check.passed() ? "✓" : "✕",
                        lang.of(Steps.title(check.step())),
                        check.reason()
                                .map(reason -> lang.of(reason.text()) + lang.of("：", ": "))
                                .orElse(""),
                        check.found(),
                        check.clause()))
                .toList();
        return Html.of("<ul class=\"checks\">{}</ul>", Html.all(rows));
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

    private String time(Instant instant) {
        return MINUTE.format(instant.atZone(zone));
    }
}

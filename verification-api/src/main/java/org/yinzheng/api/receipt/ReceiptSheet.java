package org.yinzheng.api.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.api.verification.Envelope;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.pdf.PdfRenderer;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Bilingual;

/// Draws a receipt on one page, not yet signed. Equal input gives equal bytes.
final class ReceiptSheet {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '(UTC+8)'", Locale.ROOT);
    private static final double FIRST_DOCUMENT = 182;
    private static final double LINE = 3.7;
    private static final String UNPRINTABLE = "（不能打印，见机读回执 see the JWS）";

    private final VerifyingBody body;
    private final URI url;
    private final Layout layout;
    private final PdfRenderer renderer;
    private final String template = read();
    private final Place.OnPage seal;

    ReceiptSheet(Typefaces typefaces, VerifyingBody body, URI url) {
        this.body = body;
        this.url = url;
        this.layout = new Layout(typefaces);
        this.renderer = new PdfRenderer(typefaces);
        var area = Template.parse(coloured("open", "open", "open", ""))
                .sides()
                .getFirst()
                .seal()
                .orElseThrow();
        this.seal = new Place.OnPage(1, area.x() + area.width() / 2, area.y() + area.height() / 2);
    }

    /// Where the verifying body's seal goes.
    Place seal() {
        return seal;
    }

    DocumentBytes draw(StoredVerification done, Bilingual signedBy) {
        var result = done.result().orElseThrow();
        var values = values(done, result);
        values.put("SIGNED_BY", signedBy.zh() + " " + signedBy.en());
        var answers = result.path("answers");
        var drawn = Template.parse(coloured(
                kind(answers.path("genuine")),
                kind(answers.path("inForce")),
                kind(answers.path("holder")),
                documents(result, values)));
        var at = Instant.parse(result.path("verifiedAt").asText());
        // it carries no licence's identifier: a receipt is never taken for the licence
        var info = new DocumentInfo("核验回执 " + done.id().value(), "", new TreeMap<>(), at);
        return renderer.render(
                lay(drawn, values, url + "/verifications/" + done.id().value()), info);
    }

    /// A text that cannot be printed is left to the receipt for programs: the receipt on paper is made all the same.
    private Page lay(Template drawn, Map<String, String> values, String link) {
        while (true) {
            try {
                return layout.lay(drawn, values, link);
            } catch (InvalidInput unprintable) {
                if (UNPRINTABLE.equals(values.put(unprintable.field(), UNPRINTABLE))) {
                    throw unprintable;
                }
            }
        }
    }

    private Map<String, String> values(StoredVerification done, JsonNode result) {
        var values = new HashMap<String, String>();
        values.put("BODY", body.name());
        values.put("SOFTWARE", body.software());
        values.put("ID", done.id().value());
        values.put(
                "TIME",
                TIME.format(Instant.parse(result.path("verifiedAt").asText()).atZone(ZONE)));
        var answers = result.path("answers");
        answer(values, "GENUINE", answers.path("genuine"));
        answer(values, "INFORCE", answers.path("inForce"));
        answer(values, "HOLDER", answers.path("holder"));
        values.put("NEXT_ZH", answers.path("next").path("zh").asText());
        values.put("NEXT_EN", answers.path("next").path("en").asText());
        var standing = result.path("standing");
        values.put("LICENCE", standing.path("licenceId").asText());
        values.put("TYPE", standing.path("typeName").asText());
        values.put("AUTHORITY", standing.path("authorityName").asText());
        values.put(
                "STANDING",
                standing.path("known").asBoolean()
                        ? standing.path("text").path("zh").asText() + " "
                                + standing.path("text").path("en").asText()
                        : "");
        values.put("PURPOSE", result.path("asked").path("purpose").asText());
        values.put("REASONS", reasons(result));
        values.put("RECEIPT_URL", url + Envelope.PATH + done.id().value() + "/receipt");
        values.put("KEYS_URL", url + "/.well-known/jwks.json");
        return values;
    }

    private static void answer(Map<String, String> values, String name, JsonNode answer) {
        values.put(
                name,
                switch (Value.valueOf(answer.path("value").asText())) {
                    case YES -> "是 YES";
                    case NO -> "否 NO";
                    case CANNOT_SAY -> "不能确定";
                });
        values.put(name + "_ZH", answer.path("zh").asText());
        values.put(name + "_EN", answer.path("en").asText());
        values.put(name + "_CODE", answer.path("code").asText());
    }

    private static String kind(JsonNode answer) {
        return switch (Value.valueOf(answer.path("value").asText())) {
            case YES -> "yes";
            case NO -> "no";
            case CANNOT_SAY -> "open";
        };
    }

    private static String reasons(JsonNode result) {
        return ReceiptClaims.documents(result).stream()
                .flatMap(document ->
                        StreamSupport.stream(document.path("reasonTexts").spliterator(), false))
                .map(reason ->
                        reason.path("code").asText() + " " + reason.path("zh").asText())
                .distinct()
                .collect(Collectors.joining("；"));
    }

    /// Adds the lines of each document to the page, and their texts to `values`.
    private static String documents(JsonNode result, Map<String, String> values) {
        var elements = new StringBuilder();
        double y = FIRST_DOCUMENT;
        int number = 0;
        for (var document : ReceiptClaims.documents(result)) {
            number++;
            var digests = document.path("digests");
            for (var line : List.of(
                    Map.entry("HEAD" + number, head(document)),
                    Map.entry("SHA" + number, digest("SHA-256", digests.path("sha256"))),
                    Map.entry("SM" + number, digest("SM3", digests.path("sm3"))))) {
                values.put(line.getKey(), line.getValue());
                elements.append("  - text: {text: \"{%s}\", otherwise: —, at: [50, %.2f], width: 142, style: mono}%n"
                        .formatted(line.getKey(), y));
                y += LINE;
            }
        }
        return elements.toString();
    }

    private static String head(JsonNode document) {
        if (!document.has("indication")) {
            return "";
        }
        return "%s · %,d 字节 bytes · %s · %s"
                .formatted(
                        document.path("format").asText(),
                        document.path("size").asLong(),
                        document.path("indication").asText(),
                        document.path("integrity").asText());
    }

    private static String digest(String name, JsonNode digest) {
        return digest.isTextual() ? name + "  " + digest.asText() : "";
    }

    private String coloured(String genuine, String inForce, String holder, String more) {
        var text = template;
        for (var answer :
                List.of(Map.entry("genuine", genuine), Map.entry("inForce", inForce), Map.entry("holder", holder))) {
            text = text.replace("%" + answer.getKey(), answer.getValue())
                    .replace("$" + answer.getKey(), wash(answer.getValue()));
        }
        return text + more;
    }

    private static String wash(String kind) {
        return switch (kind) {
            case "yes" -> "#eef6f0";
            case "no" -> "#fbefee";
            default -> "#fbf4e4";
        };
    }

    private static String read() {
        try (var file = Objects.requireNonNull(ReceiptSheet.class.getResourceAsStream("/receipt/receipt.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.yinzheng.api.pages;

import com.fasterxml.jackson.databind.JsonNode;

/// Where the receipts of an answer are.
final class ReceiptView {
    private ReceiptView() {}

    static Html links(Lang lang, JsonNode verification) {
        if (!verification.has("receipt")) {
            return Html.EMPTY;
        }
        var receipt = verification.path("receipt");
        return Html.of(
                """
                <section class="receipt"><h2>{}</h2>
                  <p class="actions"><a class="button" href="{}" target="_blank" rel="noopener">{}</a>
                  <a href="{}" download="receipt.jws">{}</a> <span class="quiet">{}</span></p>
                </section>
                """,
                lang.of("核验回执", "Receipt"),
                receipt.path("pdf").asText(),
                lang.of("打开 PDF 回执（盖章）", "Open the stamped PDF"),
                receipt.path("jws").asText(),
                lang.of("机读回执 JWS", "for programs (JWS)"),
                lang.of("代替复印件归档。请在 ", "File it in place of a photocopy. It can be fetched until ")
                        + verification.path("keptUntil").asText().substring(0, 10)
                        + lang.of(" 前取走。", "."));
    }
}

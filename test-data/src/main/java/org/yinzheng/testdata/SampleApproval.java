package org.yinzheng.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdRenderer;
import org.yinzheng.signing.pdf.PdfRenderer;

/// An approval 批复 of one page that waits for a seal where it says 盖章处: a document that is no licence.
public final class SampleApproval {
    private static final Instant MADE_AT = Instant.parse("2026-01-05T01:00:00Z");

    private final Typefaces typefaces;
    private final Page page;

    public SampleApproval(Typefaces typefaces, String project) {
        this.typefaces = typefaces;
        var values = Map.of("PROJECT", project, "BODY", DemoPeople.MARKET_SUPERVISION.name());
        this.page = new Layout(typefaces).lay(Template.parse(template()), values, "");
    }

    public DocumentBytes pdf() {
        return new PdfRenderer(typefaces).render(page, info());
    }

    public DocumentBytes ofd() {
        return new OfdRenderer(typefaces).render(page, info());
    }

    private static DocumentInfo info() {
        return new DocumentInfo("批复", "", new TreeMap<>(), MADE_AT);
    }

    private static String template() {
        try (var stream = SampleApproval.class.getResourceAsStream("/approval.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

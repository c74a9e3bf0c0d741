package org.yinzheng.registry.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.pdf.PdfRenderer;

/// Draws a copy, not yet sealed: every page of the licence with what it is for across it and no place for the
/// authority's seal, then a page that says what the copy is.
final class CopySheet {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.ROOT);
    private static final Page.Colour MARK = new Page.Colour(226, 204, 200);
    private static final double ANGLE = 28;
    /// Of the smaller side of the page.
    private static final double SIZE = 1 / 30.0;

    private final Press press;
    private final Layout layout;
    private final PdfRenderer renderer;
    private final Template note = Template.parse(read());

    CopySheet(Press press, Typefaces typefaces) {
        this.press = press;
        this.layout = new Layout(typefaces);
        this.renderer = new PdfRenderer(typefaces);
    }

    /// What the page says of a copy.
    record Note(CopyId id, CopyUse use, boolean byHolder, String body, Instant madeAt) {}

    DocumentBytes draw(LicenceType type, LicenceFacts facts, Note said) {
        var pages = new ArrayList<Page>();
        var use = said.use();
        var mark = use.purpose().sentence() + "　有效期至" + use.lastDay().format(DAY);
        for (var page : press.pages(type, type.template().with(watermark(type.template(), mark)), facts)) {
            pages.add(new Page(page.width(), page.height(), page.marks(), null));
        }
        pages.add(note(type, facts, said));
        var metadata = new TreeMap<String, String>();
        metadata.put("ZZMC", type.nameZh() + "（加注件）");
        metadata.put("YinzhengCopyOf", facts.id().value());
        metadata.putAll(said.use().metadata());
        var info = new DocumentInfo(type.nameZh() + "（加注件）", said.id().toString(), metadata, said.madeAt());
        return renderer.render(List.copyOf(pages), info);
    }

    private Page note(LicenceType type, LicenceFacts facts, Note said) {
        var values = new HashMap<String, String>();
        values.put("TYPE", type.nameZh());
        values.put("AUTHORITY", facts.authority().name());
        values.put("LICENCE", facts.id().value());
        values.put("SENTENCE", said.use().purpose().sentence());
        values.put("PURPOSE", said.use().purpose().text());
        values.put("RECIPIENT", said.use().recipient());
        values.put("LAST_DAY", said.use().lastDay().format(DAY));
        values.put("MAKER", said.byHolder() ? "持证人" : facts.authority().name());
        values.put("MADE_ON", said.madeAt().atZone(ZONE).toLocalDate().format(DAY));
        values.put("ID", said.id().toString());
        values.put("BODY", said.body());
        return layout.lay(note, values, press.address(facts.id()));
    }

    /// One line reaches across the page at most, so that of every other line both halves are seen.
    private static Template.Watermark watermark(Template template, String text) {
        double width = template.width();
        double size = Math.min(Math.min(width, template.height()) * SIZE, width / text.length());
        return new Template.Watermark(
                text,
                new Page.Area(0, 0, width, template.height()),
                Face.SANS,
                size,
                ANGLE,
                Math.min(width, size * (text.length() + 4)),
                size * 5,
                MARK);
    }

    private static String read() {
        try (var file = Objects.requireNonNull(CopySheet.class.getResourceAsStream("note.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

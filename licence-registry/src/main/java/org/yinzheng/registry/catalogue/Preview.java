package org.yinzheng.registry.catalogue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdRenderer;
import org.yinzheng.signing.pdf.PdfPicture;
import org.yinzheng.signing.pdf.PdfRenderer;

/// What licences of a type look like, by a sample of its pack: not stamped, 样张 across every page.
public final class Preview {
    private static final String MARK = "样张";
    private static final Page.Colour PALE = new Page.Colour(236, 231, 226);
    private static final double ANGLE = 24;

    private final Typefaces typefaces;
    private final Layout layout;

    public Preview(Typefaces typefaces) {
        this.typefaces = typefaces;
        this.layout = new Layout(typefaces);
    }

    public DocumentBytes pdf(LicenceType type, Template template, Sample sample) {
        return new PdfRenderer(typefaces).render(pages(type, marked(template), sample), info(type, sample));
    }

    public DocumentBytes ofd(LicenceType type, Template template, Sample sample) {
        return new OfdRenderer(typefaces).render(pages(type, marked(template), sample), info(type, sample));
    }

    public DocumentBytes png(LicenceType type, Template template, Sample sample, float dotsPerInch) {
        return PdfPicture.png(pdf(type, template, sample), dotsPerInch);
    }

    /// Without the mark across.
    ///
    /// @throws org.yinzheng.signing.InvalidInput when the sample cannot be laid out
    List<Page> pages(LicenceType type, Template template, Sample sample) {
        var facts = type.facts(sample);
        return layout.pages(
                template,
                type.shown(facts, sample.data()),
                "https://licence.example/v/" + facts.id().value());
    }

    private static Template marked(Template template) {
        double width = template.width();
        double height = template.height();
        return template.with(new Template.Watermark(
                MARK,
                new Page.Area(0, 0, width, height),
                Face.SANS,
                Math.min(width, height) / 7,
                ANGLE,
                width * 0.5,
                Math.min(width, height) * 0.4,
                PALE));
    }

    private static DocumentInfo info(LicenceType type, Sample sample) {
        return new DocumentInfo(
                type.nameZh() + "（" + MARK + "）", type.facts(sample).id().value(), new TreeMap<>(), madeAt(sample));
    }

    private static Instant madeAt(Sample sample) {
        return sample.issuedOn().atStartOfDay().toInstant(ZoneOffset.ofHours(8));
    }
}

package org.yinzheng.signing.layout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page.Path;

/// Sets a licence's values into its template. Deterministic: equal input gives equal pages. Nothing is ever
/// cut: a text wraps, then shrinks to its style's minimum, then goes to a continuation page where the template has
/// one, and else is an error.
public final class Layout {
    /// Beyond so many, ornaments are drawn anew each time.
    private static final int KEPT = 10_000;

    private final Typesetter typesetter;
    /// Ornaments are the same on every licence of a type: computed once, and the same objects ever after, by
    /// which the writers recognise them.
    private final ConcurrentMap<Template.Ornamental, List<Path>> ornaments = new ConcurrentHashMap<>();

    public Layout(Typefaces typefaces) {
        this.typesetter = new Typesetter(typefaces);
    }

    /// All pages: the template's sides, then continuation pages. One of them has the place for the seal.
    ///
    /// @throws InvalidInput `missing-glyph` (names the field and the character), `text-too-long`, `missing-value`;
    /// the field is the value's key
    public List<Page> pages(Template template, Values values, String qrContent) {
        return new Composition(typesetter, this::ornament, template, qrContent).pages(values);
    }

    /// The only page, of a template with one side whose values are texts.
    ///
    /// @throws InvalidInput as of [#pages]
    public Page lay(Template template, Map<String, String> values, String qrContent) {
        var pages = pages(template, Values.of(values), qrContent);
        if (pages.size() != 1) {
            throw new InvalidInput("text-too-long", "", "does not fit one page");
        }
        return pages.getFirst();
    }

    private List<Path> ornament(Template.Ornamental ornament) {
        if (ornaments.size() >= KEPT) {
            return Ornament.draw(ornament, typesetter);
        }
        return ornaments.computeIfAbsent(ornament, key -> Ornament.draw(key, typesetter));
    }
}

package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.yinzheng.signing.layout.Page.Mark;
import org.yinzheng.signing.layout.Page.Path;

/// Sets a licence's values into its template. Deterministic: equal input gives an equal page. Nothing is ever
/// cut: a text wraps, then shrinks to its style's minimum, then it is an error.
public final class Layout {
    private final Typesetter typesetter;
    /// Ornaments are the same on every licence of a type: computed once, and the same objects ever after, by
    /// which the writers recognise them.
    private final ConcurrentMap<Template.Ornamental, List<Path>> ornaments = new ConcurrentHashMap<>();

    public Layout(Typefaces typefaces) {
        this.typesetter = new Typesetter(typefaces);
    }

    /// @param values display strings by the names that the template uses
    /// @throws org.yinzheng.signing.InvalidInput `missing-glyph` (names the field and the character),
    /// `text-too-long`, `missing-value`; the field is the value's key
    public Page lay(Template template, Map<String, String> values, String qrContent) {
        var marks = new ArrayList<Mark>();
        for (var element : template.elements()) {
            switch (element) {
                case Template.Text text -> {
                    var style = Objects.requireNonNull(template.styles().get(text.style()));
                    var copy = Copy.of(text.text(), text.otherwise(), values);
                    marks.addAll(typesetter.set(copy, style, text.align(), text.slot()));
                }
                case Template.Qr qr -> marks.add(QrMark.draw(qrContent, qr.area(), qr.colour()));
                case Template.Ornamental ornament ->
                    marks.addAll(ornaments.computeIfAbsent(ornament, key -> Ornament.draw(ornament)));
            }
        }
        return new Page(template.width(), template.height(), List.copyOf(marks), template.seal());
    }
}

package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.layout.Page.Mark;

/// Sets a licence's values into its template. Deterministic: equal input gives an equal page. Nothing is ever
/// cut: a text wraps, then shrinks to its style's minimum, then it is an error.
public final class Layout {
    private final Typesetter typesetter;

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
                    var style =
                            java.util.Objects.requireNonNull(template.styles().get(text.style()));
                    var copy = Copy.of(text.text(), text.otherwise(), values);
                    marks.addAll(typesetter.set(copy, style, text.align(), text.slot()));
                }
                case Template.Qr qr -> marks.add(QrMark.draw(qrContent, qr.area(), qr.colour()));
                case Template.Fill fill -> marks.add(Ornament.fill(fill));
                case Template.Outline outline -> marks.add(Ornament.outline(outline));
                case Template.Rule rule -> marks.add(Ornament.rule(rule));
                case Template.Border border -> marks.addAll(Ornament.border(border));
                case Template.Rosette rosette -> marks.add(Ornament.rosette(rosette));
                case Template.Waves waves -> marks.add(Ornament.waves(waves));
            }
        }
        return new Page(template.width(), template.height(), List.copyOf(marks), template.seal());
    }
}

package org.yinzheng.api.pages;

import java.util.Collection;

/// Markup that is safe to write out. Text becomes markup by being escaped, and in no other way.
public record Html(String markup) {
    public static final Html EMPTY = new Html("");

    /// Puts `parts` in the places of `{}`: [Html] as it is, anything else escaped (also fit for quoted
    /// attributes).
    static Html of(String template, Object... parts) {
        var markup = new StringBuilder(template.length() + 64);
        int from = 0;
        for (var part : parts) {
            int place = template.indexOf("{}", from);
            markup.append(template, from, place);
            markup.append(part instanceof Html html ? html.markup : escaped(String.valueOf(part)));
            from = place + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("a place is left empty");
        }
        return new Html(markup.append(template, from, template.length()).toString());
    }

    static Html all(Collection<Html> parts) {
        var markup = new StringBuilder();
        parts.forEach(part -> markup.append(part.markup));
        return new Html(markup.toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

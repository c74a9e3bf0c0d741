package org.yinzheng.registry.copy;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// By which a copy is found: as it stands in the document, never a licence's identifier.
public record CopyId(UUID uuid) {
    private static final Pattern FORM =
            Pattern.compile("JZ-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    public static CopyId random() {
        return new CopyId(UUID.randomUUID());
    }

    public static Optional<CopyId> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new CopyId(UUID.fromString(matcher.group(1)))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "JZ-" + uuid;
    }
}

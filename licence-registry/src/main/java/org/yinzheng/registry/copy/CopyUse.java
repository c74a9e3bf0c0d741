package org.yinzheng.registry.copy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.Report;

/// What a copy is for, as its signed metadata say it too.
///
/// @param recipient who is to get it
/// @param lastDay on which it may be used
public record CopyUse(Purpose purpose, String recipient, LocalDate lastDay) {
    private static final String PURPOSE = "YinzhengCopyPurpose";
    private static final String RECIPIENT = "YinzhengCopyRecipient";
    private static final String LAST_DAY = "YinzhengCopyLastDay";

    /// What the signed part of a document says, when it calls itself a copy. Whether it was made here, only the
    /// registry knows.
    public static Optional<CopyUse> saidBy(Report report) {
        if (!(report instanceof Report.Judged judged)
                || judged.licenceId().flatMap(CopyId::parse).isEmpty()) {
            return Optional.empty();
        }
        return judged.content().flatMap(content -> read(content.metadata()));
    }

    private static Optional<CopyUse> read(Map<String, String> metadata) {
        try {
            return Optional.of(new CopyUse(
                    new Purpose(metadata.getOrDefault(PURPOSE, "")),
                    metadata.getOrDefault(RECIPIENT, ""),
                    LocalDate.parse(metadata.getOrDefault(LAST_DAY, ""))));
        } catch (InvalidInput | DateTimeException e) {
            return Optional.empty();
        }
    }

    Map<String, String> metadata() {
        return new TreeMap<>(Map.of(
                PURPOSE, purpose.text(),
                RECIPIENT, recipient,
                LAST_DAY, lastDay.toString()));
    }

    public boolean expired(LocalDate today) {
        return today.isAfter(lastDay);
    }

    /// Without what it is for.
    @Override
    public String toString() {
        return "CopyUse[" + lastDay + "]";
    }
}

package org.yinzheng.registry.dispute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;

/// 工作日: which days count. Holidays and the working days that make up for them are announced each year, so they are
/// data: a YAML file with `daysOff` and `makeUpDays`, lists of dates. Saturdays and Sundays are off in any case.
public final class WorkingDays {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> MEMBERS = Set.of("note", "daysOff", "makeUpDays");

    private final Set<LocalDate> daysOff;
    private final Set<LocalDate> makeUpDays;

    private WorkingDays(Set<LocalDate> daysOff, Set<LocalDate> makeUpDays) {
        if (!Collections.disjoint(daysOff, makeUpDays)) {
            throw new InvalidInput("calendar", "makeUpDays", "a day is off or worked, not both");
        }
        this.daysOff = Set.copyOf(daysOff);
        this.makeUpDays = Set.copyOf(makeUpDays);
    }

    /// Weekends and nothing else: the calendar that comes with the program, which knows no year's announcement.
    public static WorkingDays weekendsOnly() {
        try (var file = Objects.requireNonNull(WorkingDays.class.getResourceAsStream("calendar.yaml"))) {
            return parse(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws InvalidInput `calendar`
    public static WorkingDays load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw (InvalidInput) new InvalidInput("calendar", "calendar", "cannot be read: " + file).initCause(e);
        }
    }

    /// @throws InvalidInput `calendar`
    public static WorkingDays parse(String yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new InvalidInput("calendar", "calendar", "is not YAML");
        }
        for (var member : root.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new InvalidInput("calendar", "calendar", "knows " + MEMBERS + " and nothing else");
            }
        }
        return new WorkingDays(dates(root, "daysOff"), dates(root, "makeUpDays"));
    }

    /// The last of `count` working days after `day`, which does not count itself.
    public LocalDate after(LocalDate day, int count) {
        var last = day;
        for (int left = count; left > 0; ) {
            last = last.plusDays(1);
            left -= isWorked(last) ? 1 : 0;
        }
        return last;
    }

    public boolean isWorked(LocalDate day) {
        if (makeUpDays.contains(day)) {
            return true;
        }
        var weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        return !weekend && !daysOff.contains(day);
    }

    private static Set<LocalDate> dates(JsonNode root, String member) {
        var list = root.path(member);
        if (!list.isMissingNode() && !list.isArray()) {
            throw new InvalidInput("calendar", member, "must be a list of dates");
        }
        var dates = new HashSet<LocalDate>();
        for (var entry : list) {
            try {
                if (!dates.add(LocalDate.parse(entry.asText()))) {
                    throw new InvalidInput("calendar", member, "has a day twice");
                }
            } catch (DateTimeException e) {
                throw new InvalidInput("calendar", member, "must be a list of dates such as 2027-01-01");
            }
        }
        return dates;
    }
}

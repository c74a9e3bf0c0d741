package org.yinzheng.registry.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.catalogue.Field;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.conversion.index.Cell;
import org.yinzheng.registry.conversion.index.Columns;
import org.yinzheng.registry.conversion.index.Dates;
import org.yinzheng.registry.conversion.index.SourceRow;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.signing.InvalidInput;

/// Understands one row, or says which column keeps it from being understood. The first fault is the answer.
final class RowCheck {
    private static final String NO_END = "长期";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Catalogue catalogue;
    private final Columns columns;

    RowCheck(Catalogue catalogue, Columns columns) {
        this.catalogue = catalogue;
        this.columns = columns;
    }

    /// @throws RowRejected with the column at fault
    Entry entry(SourceRow row) {
        if (columns.overflows(row)) {
            throw new RowRejected("", RejectionReason.EXTRA_CELLS);
        }
        var type = catalogue
                .find(required(row, Columns.TYPE))
                .orElseThrow(() -> new RowRejected(Columns.TYPE, RejectionReason.UNKNOWN_TYPE));
        var number = number(required(row, Columns.NUMBER));
        var holder = holder(type, required(row, Columns.HOLDER_CODE), required(row, Columns.HOLDER));
        var from = date(Columns.FROM, required(row, Columns.FROM));
        var until = until(type, from, text(row, Columns.UNTIL));
        var data = data(row, type);
        return new Entry(row.number(), type, number, holder, from, until, data, required(row, Columns.SCAN));
    }

    private static LicenceNumber number(String text) {
        try {
            return new LicenceNumber(text);
        } catch (InvalidInput e) {
            throw new RowRejected(Columns.NUMBER, RejectionReason.INVALID_FIELD);
        }
    }

    private static Holder holder(LicenceType type, String code, String name) {
        HolderId id;
        try {
            // the X of a citizen's number is often typed small
            id = type.holderId(Columns.HOLDER_CODE, code.toUpperCase(Locale.ROOT));
        } catch (InvalidInput e) {
            throw new RowRejected(
                    Columns.HOLDER_CODE,
                    e.code().equals("check-digit") ? RejectionReason.CHECK_DIGIT : RejectionReason.HOLDER_CODE);
        }
        try {
            return new Holder(id, name);
        } catch (InvalidInput e) {
            throw new RowRejected(Columns.HOLDER, RejectionReason.INVALID_FIELD);
        }
    }

    /// Empty leaves the end to the type's rule.
    private static Optional<LocalDate> until(LicenceType type, LocalDate from, String text) {
        if (text.equals(NO_END) && type.validity().ends()) {
            throw new RowRejected(Columns.UNTIL, RejectionReason.NO_END);
        }
        if (text.isEmpty() || text.equals(NO_END)) {
            return Optional.empty();
        }
        var until = date(Columns.UNTIL, text);
        if (until.isBefore(from)) {
            throw new RowRejected(Columns.UNTIL, RejectionReason.DATE_ORDER);
        }
        return Optional.of(until);
    }

    private JsonNode data(SourceRow row, LicenceType type) {
        var own = new HashSet<>(Columns.common());
        var data = JSON.objectNode();
        for (var field : type.fields()) {
            own.add(field.title());
            var text = text(row, field.title());
            if (!text.isEmpty()) {
                put(data, type, field, text);
            } else if (field.required()) {
                throw new RowRejected(field.title(), RejectionReason.MISSING_VALUE);
            }
        }
        for (var title : columns.titles()) {
            if (!own.contains(title) && !columns.cell(row, title).isEmpty()) {
                throw new RowRejected(title, RejectionReason.OTHER_TYPES_COLUMN);
            }
        }
        try {
            type.validate(data);
        } catch (InvalidInput e) {
            throw new RowRejected(RowRejected.column(type, e.field()), RejectionReason.INVALID_FIELD);
        }
        return data;
    }

    private static void put(ObjectNode data, LicenceType type, Field field, String text) {
        switch (field.jsonType()) {
            case "integer", "number" -> data.set(field.name(), number(field, text));
            case "boolean" -> data.put(field.name(), yesOrNo(field, text));
            default ->
                data.put(
                        field.name(),
                        isDate(type, field) ? date(field.title(), text).toString() : text);
        }
    }

    private static JsonNode number(Field field, String text) {
        if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
            throw new RowRejected(field.title(), RejectionReason.INVALID_FIELD);
        }
        return text.contains(".") ? JSON.numberNode(new BigDecimal(text)) : JSON.numberNode(Long.parseLong(text));
    }

    private static boolean yesOrNo(Field field, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "是", "true" -> true;
            case "否", "false" -> false;
            default -> throw new RowRejected(field.title(), RejectionReason.INVALID_FIELD);
        };
    }

    private static boolean isDate(LicenceType type, Field field) {
        var property = type.schema().path("properties").path(field.name());
        return property.path("format").asText().equals("date");
    }

    private static LocalDate date(String title, String text) {
        return Dates.parse(text).orElseThrow(() -> new RowRejected(title, RejectionReason.INVALID_DATE));
    }

    private String required(SourceRow row, String title) {
        var text = text(row, title);
        if (text.isEmpty()) {
            throw new RowRejected(title, RejectionReason.MISSING_VALUE);
        }
        return text;
    }

    private String text(SourceRow row, String title) {
        Cell cell = columns.cell(row, title);
        if (!cell.usable()) {
            throw new RowRejected(title, RejectionReason.INVALID_CELL);
        }
        return cell.text();
    }
}

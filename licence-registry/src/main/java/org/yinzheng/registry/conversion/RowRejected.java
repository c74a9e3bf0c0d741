package org.yinzheng.registry.conversion;

import org.yinzheng.registry.catalogue.Field;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.conversion.index.Columns;
import org.yinzheng.registry.conversion.scan.ScanFault;
import org.yinzheng.signing.InvalidInput;

/// A row has met a reason. Leaves this package as a [Rejection] only.
final class RowRejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String column;
    private final RejectionReason reason;

    RowRejected(String column, RejectionReason reason) {
        super(reason.name(), null, false, false);
        this.column = column;
        this.reason = reason;
    }

    /// Of a scan that cannot be used.
    static RowRejected of(ScanFault fault) {
        return new RowRejected(
                Columns.SCAN,
                switch (fault) {
                    case MISSING -> RejectionReason.SCAN_MISSING;
                    case OUTSIDE_THE_FOLDER -> RejectionReason.SCAN_OUTSIDE;
                    case TOO_LARGE -> RejectionReason.SCAN_TOO_LARGE;
                    case PDF -> RejectionReason.SCAN_PDF;
                    case UNREADABLE -> RejectionReason.SCAN_UNREADABLE;
                });
    }

    /// Of what [org.yinzheng.registry.issuance.Issuance] found wrong.
    static RowRejected of(LicenceType type, InvalidInput e) {
        var reason =
                switch (e.code()) {
                    case "missing-glyph" -> RejectionReason.UNPRINTABLE_CHARACTER;
                    case "text-too-long" -> RejectionReason.TEXT_TOO_LONG;
                    case "no-authority" -> RejectionReason.NO_AUTHORITY;
                    case "date-order" -> RejectionReason.DATE_ORDER;
                    default -> RejectionReason.INVALID_FIELD;
                };
        return new RowRejected(column(type, e.field()), reason);
    }

    /// The header over a field as schema and template name it (GB/T 36903 short names).
    static String column(LicenceType type, String field) {
        var name = field.startsWith("data.") ? field.substring("data.".length()) : field;
        return switch (name) {
            case "CZZT", "holderName" -> Columns.HOLDER;
            case "CZZTDM", "holderId" -> Columns.HOLDER_CODE;
            case "ZZBH", "number" -> Columns.NUMBER;
            case "type" -> Columns.TYPE;
            case "validFrom" -> Columns.FROM;
            case "validUntil" -> Columns.UNTIL;
            default ->
                type.fields().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .map(Field::title)
                        .orElse("");
        };
    }

    Rejection rejection() {
        return new Rejection(column, reason);
    }
}

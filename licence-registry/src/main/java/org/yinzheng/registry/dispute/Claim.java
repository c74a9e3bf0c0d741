package org.yinzheng.registry.dispute;

import java.util.HashSet;
import java.util.List;
import org.yinzheng.signing.InvalidInput;

/// What is said to be wrong, and why. Personal data: sealed where it is stored, in no log.
///
/// @param fields each field once
public record Claim(List<Point> fields, String reason) {
    private static final int MOST = 50;
    private static final int LONGEST = 1000;

    /// @param field by its name in the type's schema, or one of the licence's own (`number`, `holderName` …)
    /// @param shouldBe what it should say; may be empty
    public record Point(String field, String shouldBe) {
        public Point {
            if (!field.matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
                throw new InvalidInput("field-name", "fields", "a field's name as the licence has it");
            }
            if (shouldBe.length() > LONGEST) {
                throw new InvalidInput("should-be", "fields", "at most 1000 characters");
            }
        }
    }

    public Claim {
        fields = List.copyOf(fields);
        var names = new HashSet<String>();
        if (fields.isEmpty() || fields.size() > MOST || !fields.stream().allMatch(point -> names.add(point.field()))) {
            throw new InvalidInput("fields", "fields", "a dispute names 1 to 50 fields, each once");
        }
        if (reason.isBlank() || reason.length() > LONGEST) {
            throw new InvalidInput("reason", "reason", "a dispute says why, in 1 to 1000 characters");
        }
    }

    /// Without what it says.
    @Override
    public String toString() {
        return "Claim[" + fields.stream().map(Point::field).toList() + "]";
    }
}

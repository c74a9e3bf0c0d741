package org.yinzheng.registry.conversion.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yinzheng.registry.catalogue.Field;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.signing.InvalidInput;

/// Where each column of an index stands. Columns may come in any order, those of several types side by side.
public final class Columns {
    public static final String TYPE = "证照类型";
    public static final String NUMBER = "证照编号";
    public static final String HOLDER = "持证主体";
    public static final String HOLDER_CODE = "持证主体代码";
    public static final String FROM = "有效期起";
    public static final String UNTIL = "有效期止";
    public static final String SCAN = "扫描件";

    private static final List<String> COMMON = List.of(TYPE, NUMBER, HOLDER, HOLDER_CODE, FROM, UNTIL, SCAN);

    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final int width;

    private Columns(List<Cell> header, Collection<LicenceType> types) {
        var known = known(types);
        int last = header.size();
        while (last > 0 && header.get(last - 1).isEmpty()) {
            last--;
        }
        this.width = last;
        for (int i = 0; i < last; i++) {
            var title = header.get(i).text();
            if (!known.contains(title)) {
                throw problem("unknown-column", title.isEmpty() ? "column " + (i + 1) : title, "is not known", types);
            }
            if (positions.putIfAbsent(title, i) != null) {
                throw problem("duplicate-column", title, "stands there twice", types);
            }
        }
        for (var title : COMMON) {
            require(title, types);
        }
    }

    /// @throws InvalidInput `unknown-column`, `duplicate-column` or `missing-column`: names the column and lists what
    /// is expected
    static Columns of(SourceRow header, Collection<LicenceType> types) {
        return new Columns(header.cells(), types);
    }

    /// The cell of a column; empty when the row is shorter or the index has no such column.
    public Cell cell(SourceRow row, String title) {
        var position = positions.get(title);
        return position == null || position >= row.cells().size()
                ? Cell.EMPTY
                : row.cells().get(position);
    }

    /// In the order in which they stand.
    public Set<String> titles() {
        return Collections.unmodifiableSet(positions.keySet());
    }

    public static List<String> common() {
        return COMMON;
    }

    /// Whether cells beyond the header's last column say something.
    public boolean overflows(SourceRow row) {
        return row.cells().stream().skip(width).anyMatch(cell -> !cell.isEmpty());
    }

    /// A type's obligatory fields need a column once a row is of that type.
    ///
    /// @throws InvalidInput `missing-column`
    void requireFieldsOf(LicenceType type) {
        for (var field : type.fields()) {
            if (field.required()) {
                require(field.title(), List.of(type));
            }
        }
    }

    private void require(String title, Collection<LicenceType> types) {
        if (!positions.containsKey(title)) {
            throw problem("missing-column", title, "is missing", types);
        }
    }

    private static Set<String> known(Collection<LicenceType> types) {
        var titles = new LinkedHashSet<>(COMMON);
        for (var type : types) {
            type.fields().stream().map(Field::title).forEach(titles::add);
        }
        return titles;
    }

    private static InvalidInput problem(String code, String title, String what, Collection<LicenceType> types) {
        var expected = new ArrayList<String>();
        expected.add(String.join("、", COMMON));
        for (var type : types) {
            expected.add(type.nameZh() + "："
                    + String.join(
                            "、",
                            type.fields().stream()
                                    .map(field -> field.required() ? field.title() : field.title() + "（可选）")
                                    .toList()));
        }
        // the title comes from the file: shown, but no more of it than fits
        var shown = title.length() > 40 ? title.substring(0, 40) + "…" : title;
        return new InvalidInput(code, shown, "this column " + what + "; expected are " + String.join("；", expected));
    }
}

package org.yinzheng.testdata.corpus.pdf.valid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;

/// The specimens of one kind, as they are added.
final class Valid {
    private final List<Specimen> all = new ArrayList<>();

    Valid add(String name, String made, Supplier<DocumentBytes> document) {
        return add(name, made, Expected.passed(), document);
    }

    Valid add(String name, String made, Expected expected, Supplier<DocumentBytes> document) {
        all.add(new Specimen("valid-pdf-" + name, "PDF", Specimen.VALID, made, expected, document));
        return this;
    }

    /// Changes the one that was added last.
    Valid judgedAt(Instant when) {
        all.add(all.removeLast().judgedAt(when));
        return this;
    }

    List<Specimen> all() {
        return all;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

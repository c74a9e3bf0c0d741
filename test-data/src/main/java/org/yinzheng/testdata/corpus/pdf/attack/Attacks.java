package org.yinzheng.testdata.corpus.pdf.attack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;

/// The specimens of one class, as they are added.
final class Attacks {
    private final String attackClass;
    private final List<Specimen> all = new ArrayList<>();

    /// @param attackClass such as `P3`
    Attacks(String attackClass) {
        this.attackClass = attackClass;
    }

    /// @param name what follows the class in the specimen's name
    Attacks add(String name, String made, Expected expected, Supplier<DocumentBytes> document) {
        var prefix = attackClass.length() == 2 ? attackClass.replace("P", "p0") : attackClass.replace("P", "p");
        all.add(new Specimen(prefix + "-" + name, "PDF", attackClass, made, expected, document));
        return this;
    }

    /// Changes the one that was added last.
    void judgedAt(Instant when) {
        all.add(all.removeLast().judgedAt(when));
    }

    List<Specimen> all() {
        return all;
    }
}

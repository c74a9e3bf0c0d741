package org.yinzheng.testdata.corpus.ofd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// Collects the specimens of one provider.
final class Shelf {
    final CorpusAuthority authority;
    private final List<Specimen> all = new ArrayList<>();

    Shelf(CorpusAuthority authority) {
        this.authority = authority;
    }

    List<Specimen> all() {
        return List.copyOf(all);
    }

    Ses ses() {
        return new Ses(authority);
    }

    /// @param signer who is also the one that the seal lists
    Ses ses(Party signer) {
        var ses = ses();
        ses.signer = signer;
        return ses;
    }

    /// The licence with one stamp, closed.
    Parcel stamped() {
        return stamped(ses());
    }

    Parcel stamped(Ses ses) {
        return Plan.of(ses).put(Papers.licence());
    }

    /// The licence with one stamp that lets others follow.
    Parcel open() {
        return Plan.of(ses()).open().put(Papers.licence());
    }

    void valid(String name, String made, Supplier<Parcel> ofd) {
        add("valid-ofd-" + name, Specimen.VALID, made, Expected.passed(), () -> ofd.get()
                .zip());
    }

    void add(String name, String attackClass, String made, Expected expected, Supplier<DocumentBytes> ofd) {
        all.add(new Specimen(name, "OFD", attackClass, made, expected, ofd));
    }

    void add(Specimen specimen) {
        all.add(specimen);
    }

    /// Named after its class.
    void attack(String attackClass, String name, String made, Expected expected, Supplier<Parcel> ofd) {
        add(attackClass.toLowerCase(java.util.Locale.ROOT) + "-" + name, attackClass, made, expected, () -> ofd.get()
                .zip());
    }

    static Expected modified(Flaw why) {
        return Expected.modified(why);
    }

    /// Refused, and nothing can be told of the bytes.
    static Expected undecided(Flaw why) {
        return Expected.failed(Integrity.UNKNOWN, why);
    }

    static Expected undecided(Gap... why) {
        return Expected.undecided(Integrity.UNKNOWN, why);
    }
}

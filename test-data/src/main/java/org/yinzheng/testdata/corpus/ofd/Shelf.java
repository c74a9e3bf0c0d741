package org.yinzheng.testdata.corpus.ofd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

    /// With a description that is bent before it is signed.
    void described(String attackClass, String name, String made, Expected expected, UnaryOperator<String> change) {
        attack(attackClass, name, made, expected, () -> Plan.of(ses())
                .describing(change)
                .put(Papers.licence()));
    }

    /// After a stamp that closes.
    void after(String attackClass, String name, String made, Expected expected, Consumer<Parcel> change) {
        attack(attackClass, name, made, expected, () -> {
            var ofd = stamped();
            change.accept(ofd);
            return ofd;
        });
    }

    /// After a stamp that leaves the list open.
    void opened(String name, String made, Expected expected, Consumer<Parcel> change) {
        attack("O5", name, made, expected, () -> {
            var ofd = open();
            change.accept(ofd);
            return ofd;
        });
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

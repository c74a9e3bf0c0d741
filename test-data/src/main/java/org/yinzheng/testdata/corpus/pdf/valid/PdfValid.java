package org.yinzheng.testdata.corpus.pdf.valid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// Documents that nobody tampered with.
public final class PdfValid implements Specimens {
    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var signing = new Signing(authority);
        var licence = Once.of(Papers::licence);
        var all = new ArrayList<Specimen>();
        for (var party : List.of(Party.RSA, Party.P256, Party.SM2)) {
            for (var level : Level.values()) {
                all.add(valid(
                        "valid-" + name(party) + "-" + name(level),
                        "signed with " + party + ", level " + level,
                        () -> signing.signed(licence.get(), signing.stamp("authority", party, level))));
            }
        }
        return all;
    }

    static Specimen valid(String name, String made, Supplier<DocumentBytes> document) {
        return new Specimen(name, "PDF", Specimen.VALID, made, Expected.passed(), document);
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

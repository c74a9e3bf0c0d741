package org.yinzheng.testdata.corpus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;

/// All specimens of all formats, and those who signed them.
public final class Corpus {
    private static final Corpus ALL = make();

    private final CorpusAuthority authority;
    private final List<Specimen> specimens;

    private Corpus(CorpusAuthority authority, List<Specimen> specimens) {
        this.authority = authority;
        this.specimens = List.copyOf(specimens);
    }

    /// The same one for the whole process: making keys takes a while.
    public static Corpus all() {
        return ALL;
    }

    public CorpusAuthority authority() {
        return authority;
    }

    public List<Specimen> specimens() {
        return specimens;
    }

    private static Corpus make() {
        var authority = new CorpusAuthority();
        var all = new ArrayList<Specimen>();
        for (var provider : ServiceLoader.load(Specimens.class, Corpus.class.getClassLoader())) {
            all.addAll(provider.by(authority));
        }
        var names = new HashSet<String>();
        for (var specimen : all) {
            if (!names.add(specimen.name())) {
                throw new IllegalStateException("two specimens are called " + specimen.name());
            }
        }
        return new Corpus(authority, all);
    }
}

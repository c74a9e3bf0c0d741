package org.yinzheng.testdata.corpus.pdf.valid;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// All good PDFs.
public final class PdfValid implements Specimens {
    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var signing = new Signing(authority);
        var all = new ArrayList<Specimen>();
        all.addAll(Signatures.of(signing));
        all.addAll(LaterRevisions.of(signing));
        all.addAll(FileForms.of(signing));
        all.addAll(Encodings.of(signing));
        all.addAll(Producers.of(signing));
        return all;
    }
}

package org.yinzheng.testdata.corpus.pdf.attack;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// All attacks on PDFs, in the order of their classes.
public final class PdfAttacks implements Specimens {
    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var signing = new Signing(authority);
        var all = new ArrayList<Specimen>();
        all.addAll(UniversalForgery.of(signing));
        all.addAll(IncrementalSaving.of(signing));
        all.addAll(SignatureWrapping.of(signing));
        all.addAll(ShadowDocument.of(signing));
        all.addAll(FormShadow.of(signing));
        all.addAll(WhitelistReuse.of(signing));
        all.addAll(CertificationAbuse.of(signing));
        all.addAll(PermissionDowngrade.of(signing));
        all.addAll(DictionarySpoofing.of(signing));
        all.addAll(CmsConfusion.of(signing));
        all.addAll(TimestampForgery.of(signing));
        all.addAll(DenialOfService.of(signing));
        all.addAll(WrongSigners.of(signing));
        return all;
    }
}

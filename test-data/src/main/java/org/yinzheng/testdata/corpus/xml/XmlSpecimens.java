package org.yinzheng.testdata.corpus.xml;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// All XML.
public final class XmlSpecimens implements Specimens {
    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var all = new ArrayList<Specimen>();
        all.addAll(new XmlValid(authority).all());
        all.addAll(new XmlSuites(authority).all());
        all.addAll(new XmlForms(authority).all());
        all.addAll(new XmlAttacks(authority).all());
        return all;
    }
}

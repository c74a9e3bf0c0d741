package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.xml.XmlStamp;
import org.yinzheng.signing.xml.XmlStamper;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;

/// What the specimens begin with.
final class XmlPapers {
    static final String BODY = "<ZZBS>1.2.156.3005.2.1</ZZBS><CZZT>东原市某公司</CZZT><ZZMC Id=\"part\">营业执照</ZZMC>";
    static final String OPEN = "<Licence xmlns=\"urn:yinzheng:licence:1\" Id=\"root\">";
    static final String TEMPLATE = OPEN + BODY + Producer.PLACE + "</Licence>";
    static final String NESTED =
            OPEN + "<Extensions><Extension>" + Producer.PLACE + "</Extension></Extensions>" + BODY + "</Licence>";

    private XmlPapers() {}

    static DocumentBytes stamped(CorpusAuthority authority, Party party) {
        return stamped(authority, party, BODY);
    }

    static DocumentBytes stamped(CorpusAuthority authority, Party party, String body) {
        var given = DocumentBytes.owning((OPEN + body + "</Licence>").getBytes(UTF_8));
        return new XmlStamper(Optional.empty())
                .stamp(given, XmlStamp.baseline(authority.signer(party), CorpusAuthority.SIGNED))
                .document();
    }

    static DocumentBytes timestamped(CorpusAuthority authority, Party party) {
        var given = DocumentBytes.owning((OPEN + BODY + "</Licence>").getBytes(UTF_8));
        var stamp = new XmlStamp(
                authority.signer(party), CorpusAuthority.SIGNED, Level.T, Level.Shortfall.REQUIRE, Set.of());
        return new XmlStamper(Optional.of(authority.timestamps(CorpusAuthority.SIGNED)))
                .stamp(given, stamp)
                .document();
    }
}

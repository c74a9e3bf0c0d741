package org.yinzheng.testdata.corpus.pdf;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;

/// Signs as this project does.
record Signing(CorpusAuthority authority) {
    static final Place SEAL_PLACE = new Place.OnPage(1, 141, 221);

    PdfStamp stamp(String field, Party party) {
        return PdfStamp.baseline(field, authority.signer(party), CorpusAuthority.SIGNED, "颁发电子证照");
    }

    PdfStamp stamp(String field, Party party, Level level) {
        return stamp(field, party).reaching(level, Level.Shortfall.REQUIRE);
    }

    PdfStamp visible(String field, Party party) {
        return stamp(field, party).showing(authority.picture(), SEAL_PLACE);
    }

    DocumentBytes signed(DocumentBytes pdf, PdfStamp stamp) {
        return signed(pdf, stamp, CorpusAuthority.SIGNED);
    }

    /// @param at what the timestamp authority's clock says
    DocumentBytes signed(DocumentBytes pdf, PdfStamp stamp, Instant at) {
        return new PdfStamper(Optional.of(authority.timestamps(at)), Evidence.from(authority::trust))
                .stamp(pdf, stamp)
                .document();
    }
}

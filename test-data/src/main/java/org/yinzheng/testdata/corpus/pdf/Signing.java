package org.yinzheng.testdata.corpus.pdf;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Once;
import org.yinzheng.testdata.corpus.Party;

/// Signs as this project does, and keeps the signed documents that many specimens begin with.
public final class Signing {
    public static final Place SEAL_PLACE = new Place.OnPage(1, 141, 221);

    private final CorpusAuthority authority;
    /// SM2 first and invisible, then RSA with the seal: as licences are.
    public final Supplier<DocumentBytes> licence;
    /// One invisible signature with RSA.
    public final Supplier<DocumentBytes> alone;
    /// One signature with RSA that shows a seal.
    public final Supplier<DocumentBytes> visible;
    public final Supplier<DocumentBytes> sm2;
    /// RSA over a document with object streams.
    public final Supplier<DocumentBytes> compact;

    private final Map<Certification, Supplier<DocumentBytes>> forms = new EnumMap<>(Certification.class);

    public Signing(CorpusAuthority authority) {
        this.authority = authority;
        alone = Once.of(() -> signed(Papers.licence(), stamp("authority", Party.RSA)));
        visible = Once.of(() -> signed(Papers.licence(), visible("authority", Party.RSA)));
        sm2 = Once.of(() -> signed(Papers.licence(), stamp("authority", Party.SM2)));
        licence = Once.of(() -> signed(sm2.get(), visible("authority-rsa", Party.RSA)));
        compact = Once.of(() -> signed(Papers.compact(), stamp("authority", Party.RSA)));
        for (var certification : Certification.values()) {
            forms.put(
                    certification,
                    Once.of(() ->
                            signed(Papers.form(), stamp("authority", Party.RSA).certifying(certification))));
        }
    }

    /// The form, signed with RSA and certified so, not filled in.
    public DocumentBytes form(Certification certification) {
        return forms.getOrDefault(certification, alone).get();
    }

    public CorpusAuthority authority() {
        return authority;
    }

    public CmsParts cms(Party party) {
        return new CmsParts(authority.signer(party));
    }

    public PdfStamp stamp(String field, Party party) {
        return PdfStamp.baseline(field, authority.signer(party), CorpusAuthority.SIGNED, "颁发电子证照");
    }

    public PdfStamp stamp(String field, Party party, Level level) {
        return stamp(field, party).reaching(level, Level.Shortfall.REQUIRE);
    }

    public PdfStamp visible(String field, Party party) {
        return stamp(field, party).showing(authority.picture(), SEAL_PLACE);
    }

    public DocumentBytes signed(DocumentBytes pdf, PdfStamp stamp) {
        return signed(pdf, stamp, CorpusAuthority.SIGNED);
    }

    /// @param at what the timestamp authority's clock says
    public DocumentBytes signed(DocumentBytes pdf, PdfStamp stamp, Instant at) {
        return new PdfStamper(Optional.of(authority.timestamps(at)), Evidence.from(authority::trust))
                .stamp(pdf, stamp)
                .document();
    }
}

package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.SIGNATURE_DICTIONARY_CHANGED;

import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P9: what a reader shows of a signature, overridden by a later revision.
final class DictionarySpoofing {
    private final Attacks attacks = new Attacks("P9");
    private final Signing signing;

    private DictionarySpoofing(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var spoofing = new DictionarySpoofing(signing);
        spoofing.all();
        return spoofing.attacks.all();
    }

    private void all() {
        entry("time-changed", update -> update.replace(update.signature(), "/M(D:2026", "/M(D:2019"));
        entry("name-added", update -> update.extend(update.signature(), "/Name(The Ministry)"));
        entry("place-added", update -> update.extend(update.signature(), "/Location(Capital)"));
        entry("contact-added", update -> update.extend(update.signature(), "/ContactInfo(example.invalid)"));
        entry(
                "reason-overridden",
                update -> update.put(
                        update.signature(),
                        update.body(update.signature())
                                .replaceFirst("/Reason\\s*[(<]", "/Reason(x)/Old$0")
                                .replaceFirst("/Old/Reason", "/Old")));
        entry("program-overridden", update -> update.extend(update.signature(), "/Prop_Build<</App<</Name/Other>>>>"));
        entry("certificate-added", update -> update.extend(update.signature(), "/Cert<" + "30".repeat(40) + ">"));
        entry(
                "kind-overridden",
                update -> update.replace(update.signature(), "/ETSI.CAdES.detached", "/adbe.pkcs7.detached"));
        entry("value-moved-to-another-object", update -> {
            var copy = update.add(update.body(update.signature()).replace("/M(D:2026", "/M(D:2019"));
            var field = update.holding("/FT/Sig");
            return update.put(field, update.body(field).replaceAll("/V \\d+ 0 R", "/V " + copy + " 0 R"));
        });
        entry("value-overridden-by-a-strangers", update -> {
            var other = signing.cms(Party.RSA_STRANGER).over(new byte[0]);
            var body = update.body(update.signature());
            int begin = body.indexOf("/Contents <") + 11;
            return update.put(
                    update.signature(),
                    body.substring(0, begin)
                            + HexFormat.of().formatHex(other)
                            + body.substring(body.indexOf('>', begin)));
        });
        attacks.add(
                "field-renamed",
                "an update after the signature, which gives its field another name",
                Expected.modified(Flaw.CONTENT_REPLACED_AFTER_SIGNING),
                () -> {
                    var update = new Update(signing.alone.get());
                    var field = update.holding("/FT/Sig");
                    return update.put(
                                    field, update.body(field).replaceAll("/T\\s*(\\([^)]*\\)|<[^>]*>)", "/T(ministry)"))
                            .write();
                });
        attacks.add(
                "signed-by-another-than-it-says",
                "a stranger's signature that calls itself by the authority's name",
                Expected.intactBut(org.yinzheng.signing.verdict.Gap.NO_CERTIFICATE_CHAIN_FOUND)
                        .atLeast(),
                () -> Handmade.of(signing.cms(Party.RSA_STRANGER))
                        .entries("/M(D:20261121080000Z)/Name(Dongyuan Market Regulation)")
                        .on(Papers.licence()));
    }

    private void entry(String name, UnaryOperator<Update> change) {
        attacks.add(
                name,
                "an update after the signature, which rewrites what readers show of it",
                Expected.modified(SIGNATURE_DICTIONARY_CHANGED),
                () -> change.apply(new Update(signing.alone.get())).write());
    }
}

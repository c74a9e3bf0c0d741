package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Descriptions bent, and traps in XML.
public final class DescriptionAttacks implements Specimens {
    private static final String SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml";
    private static final String VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat";

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        descriptions(shelf);
        xml(shelf);
        return shelf.all();
    }

    private static void descriptions(Shelf shelf) {
        var transplanted = Shelf.modified(Flaw.STAMP_TRANSPLANTED);
        shelf.after(
                "O1", "digest-replaced", "the page changed, and its digest in the description", transplanted, ofd -> {
                    var before = digest(ofd);
                    ofd.edit(Papers.PAGE, "91350200", "91350201").edit(SIGNATURE, before, digest(ofd));
                });
        shelf.after(
                "O1",
                "reference-removed",
                "a reference taken out of the signed description",
                transplanted,
                ofd -> ofd.put(
                        SIGNATURE,
                        text(ofd, SIGNATURE)
                                .replaceFirst("<ofd:Reference FileRef=\"/Doc_0/Pages.*?</ofd:Reference>", "")));
        shelf.after(
                "O3",
                "place-moved",
                "the seal's place moved in the signed description",
                transplanted,
                ofd -> ofd.edit(SIGNATURE, "120 200 42 42", "20 20 42 42"));
        shelf.described(
                "O1",
                "no-references",
                "References is empty",
                Shelf.modified(Flaw.REFERENCE_MISSING),
                xml -> xml.replaceFirst("(<ofd:References[^>]*>).*(</ofd:References>)", "$1$2"));
        shelf.described(
                "O1",
                "references-left-out",
                "no References at all",
                Shelf.modified(Flaw.REFERENCE_MISSING),
                xml -> xml.replaceFirst("<ofd:References[^>]*>.*</ofd:References>", ""));
        shelf.described(
                "O1",
                "value-left-out",
                "no SignedValue",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                xml -> xml.replaceFirst("<ofd:SignedValue>.*</ofd:SignedValue>", ""));
        shelf.after(
                "O1",
                "value-removed",
                "the value's file taken out",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                ofd -> ofd.remove(VALUE));
        shelf.after(
                "O1",
                "value-emptied",
                "the value's file emptied",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                ofd -> ofd.put(VALUE, ""));
        shelf.described(
                "O2",
                "reference-outside",
                "a reference leads out of the package",
                Shelf.modified(Flaw.PACKAGE_MALFORMED),
                xml -> xml.replaceFirst("FileRef=\"/Doc_0/Pages[^\"]*", "FileRef=\"/../../etc/passwd"));
        shelf.described(
                "O1",
                "one-file-two-digests",
                "a file named twice, with two digests",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                xml -> xml.replace(
                        "</ofd:References>",
                        "<ofd:Reference FileRef=\"/OFD.xml\"><ofd:CheckValue>AAAA</ofd:CheckValue></ofd:Reference></ofd:References>"));
        shelf.described(
                "O1",
                "unknown-digest",
                "CheckMethod CRC32",
                Shelf.undecided(Gap.ALGORITHM_UNKNOWN),
                xml -> xml.replace("1.2.156.10197.1.401", "CRC32"));
        shelf.described(
                "O3",
                "seal-on-no-page",
                "the seal stands on a page that is not there",
                Expected.intactBut(Gap.SEAL_PLACE_UNCLEAR),
                xml -> xml.replace("PageRef=\"1\"", "PageRef=\"77\""));
        shelf.described(
                "O3",
                "seal-without-a-box",
                "the seal's boundary has no size",
                Expected.intactBut(Gap.SEAL_PLACE_UNCLEAR),
                xml -> xml.replace("120 200 42 42", "120 200 0 NaN"));
        shelf.attack(
                "O3",
                "page-identifier-twice",
                "two pages bear the identifier that the seal names",
                Expected.intactBut(Gap.SEAL_PLACE_UNCLEAR),
                () -> Plan.of(shelf.ses())
                        .put(Papers.licence()
                                .put(
                                        "Doc_0/Pages/Page_1/Content.xml",
                                        Papers.licence().get(Papers.PAGE))
                                .edit(
                                        Papers.DOCUMENT,
                                        "</ofd:Pages>",
                                        "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>")));
        shelf.attack(
                "O4",
                "seal-drawn-for-a-plain-signature",
                "type Sign, with a place for a seal",
                Expected.intactBut(Gap.SEAL_NOT_STAMPED),
                () -> {
                    var plan = new Plan(new SignedData(shelf.authority)::over).plain();
                    plan.places = "<ofd:StampAnnot ID=\"1\" PageRef=\"1\" Boundary=\"1 1 9 9\"/>";
                    return plan.put(Papers.licence());
                });
    }

    private static void xml(Shelf shelf) {
        var doctype = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
        shelf.attack(
                "XML",
                "ofd-entry-with-doctype",
                "a document type in OFD.xml, before stamping",
                Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID),
                () -> Plan.of(shelf.ses()).put(Papers.licence().edit(Papers.ENTRY, "<ofd:OFD", doctype + "<ofd:OFD")));
        shelf.attack(
                "XML",
                "ofd-page-with-entity",
                "the stamped page takes text from elsewhere",
                Shelf.undecided(Gap.HIDDEN_CONTENT),
                () -> Plan.of(shelf.ses())
                        .put(Papers.licence()
                                .edit(Papers.PAGE, "<ofd:Page ", doctype + "<ofd:Page ")
                                .edit(Papers.PAGE, "名称", "&e;")));
        shelf.described(
                "XML",
                "ofd-description-with-doctype",
                "a document type in the description",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replace("<ofd:Signature ", doctype + "<ofd:Signature "));
        shelf.described(
                "XML",
                "ofd-two-signed-infos",
                "two SignedInfo",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replaceFirst("(<ofd:SignedInfo>.*</ofd:SignedInfo>)", "$1$1"));
        shelf.described(
                "XML",
                "ofd-two-values",
                "two SignedValue",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replaceFirst("(<ofd:SignedValue>.*</ofd:SignedValue>)", "$1$1"));
        shelf.described(
                "XML",
                "ofd-two-references",
                "two References",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replaceFirst("(<ofd:References.*</ofd:References>)", "$1$1"));
        shelf.attack(
                "XML",
                "ofd-page-nested-deep",
                "a page nested ten thousand deep",
                Shelf.undecided(Gap.TOO_COMPLEX),
                () -> Plan.of(shelf.ses())
                        .put(Papers.licence().put(Papers.PAGE, "<a>".repeat(10_000) + "</a>".repeat(10_000))));
        shelf.described(
                "XML",
                "ofd-description-nested-deep",
                "a description nested ten thousand deep",
                Shelf.undecided(Gap.TOO_COMPLEX),
                xml -> xml.replace(
                        "</ofd:SignedInfo>", "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</ofd:SignedInfo>"));
    }

    private static String digest(Parcel ofd) {
        return Base64.getEncoder().encodeToString(Cryptography.sm3(ofd.get(Papers.PAGE)));
    }

    private static String text(Parcel ofd, String name) {
        return new String(ofd.get(name), StandardCharsets.UTF_8);
    }
}

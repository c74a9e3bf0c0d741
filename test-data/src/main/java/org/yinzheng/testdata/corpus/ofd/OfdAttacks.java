package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// Files changed, left out and added; lists and descriptions bent (O1, O2, O5, and traps in XML).
public final class OfdAttacks implements Specimens {
    private static final String SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml";
    private static final String VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat";
    private static final Gap UNCOVERED = Gap.NOT_ALL_CONTENT_COVERED;

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        changed(shelf);
        uncovered(shelf);
        descriptions(shelf);
        lists(shelf);
        sequences(shelf);
        xml(shelf);
        return shelf.all();
    }

    private static void changed(Shelf shelf) {
        var changed = Shelf.modified(Flaw.SIGNED_FILE_CHANGED);
        for (var name : List.of(
                Papers.ENTRY,
                Papers.DOCUMENT,
                Papers.PAGE,
                Papers.TEMPLATE,
                Papers.RESOURCES,
                Papers.IMAGE,
                Papers.ANNOTATION,
                Papers.ATTACHMENT,
                Papers.TAG,
                Plan.LIST)) {
            var plain = plain(name);
            after(shelf, "O1", "changed-" + plain, "a byte more in " + name, changed, ofd -> {
                var longer = Arrays.copyOf(ofd.get(name), ofd.get(name).length + 1);
                longer[longer.length - 1] = ' ';
                ofd.put(name, longer);
            });
        }
        after(
                shelf,
                "O1",
                "number-changed",
                "the licence's number on the page",
                changed,
                ofd -> ofd.edit(Papers.PAGE, "91350200", "91350201"));
        after(shelf, "O1", "page-emptied", "the page's file emptied", changed, ofd -> ofd.put(Papers.PAGE, ""));
        after(shelf, "O1", "page-removed", "the page's file taken out", changed, ofd -> ofd.remove(Papers.PAGE));
        after(shelf, "O1", "image-removed", "the image taken out", changed, ofd -> ofd.remove(Papers.IMAGE));
        after(shelf, "O2", "page-added", "a page added to the list of pages", changed, ofd -> ofd.put(
                        "Doc_0/Pages/Page_1/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.DOCUMENT,
                        "</ofd:Pages>",
                        "<ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>"));
        after(shelf, "O2", "page-repointed", "the page's identifier leads to another file", changed, ofd -> ofd.put(
                        "Doc_0/Pages/Other.xml", ofd.get(Papers.TEMPLATE))
                .edit(Papers.DOCUMENT, "Pages/Page_0/Content.xml", "Pages/Other.xml"));
        after(shelf, "O2", "document-added", "a second DocBody", changed, OfdAttacks::addDocument);
        after(shelf, "O2", "document-repointed", "DocRoot leads to another document", changed, ofd -> ofd.put(
                        "Doc_1/Document.xml", ofd.get(Papers.DOCUMENT))
                .edit(Papers.ENTRY, "Doc_0/Document.xml", "Doc_1/Document.xml"));
        after(
                shelf,
                "O2",
                "version-added",
                "a version that names other files",
                changed,
                ofd -> ofd.put("Doc_0/Versions/V1.xml", ofd.get(Papers.DOCUMENT))
                        .edit(
                                Papers.ENTRY,
                                "</ofd:DocBody>",
                                "<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" BaseLoc=\"Doc_0/Versions/V1.xml\"/></ofd:Versions></ofd:DocBody>"));
        after(
                shelf,
                "O2",
                "metadata-changed",
                "custom data in OFD.xml",
                changed,
                ofd -> ofd.edit(Papers.ENTRY, "91350200", "91350201"));
        after(
                shelf,
                "O2",
                "resource-repointed",
                "the image's identifier leads to another file",
                changed,
                ofd -> ofd.put("Doc_0/Res/other.png", new byte[100])
                        .edit(Papers.RESOURCES, "image_5.png", "other.png"));
    }

    private static void addDocument(Parcel ofd) {
        ofd.put("Doc_1/Document.xml", ofd.get(Papers.DOCUMENT))
                .put("Doc_1/Pages/Page_0/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.ENTRY,
                        "</ofd:OFD>",
                        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>2</ofd:DocID></ofd:DocInfo>"
                                + "<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    }

    private static void uncovered(Shelf shelf) {
        left(
                shelf,
                "metadata",
                Papers.ENTRY,
                "custom data in it changed",
                ofd -> ofd.edit(Papers.ENTRY, "91350200", "91350201"));
        left(shelf, "second-document", Papers.ENTRY, "a DocBody added", OfdAttacks::addDocument);
        left(shelf, "page-added", Papers.DOCUMENT, "a page added", ofd -> ofd.put(
                        "Doc_0/Pages/Page_1/Content.xml", ofd.get(Papers.PAGE))
                .edit(
                        Papers.DOCUMENT,
                        "</ofd:Pages>",
                        "<ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/></ofd:Pages>"));
        left(shelf, "annotations-repointed", Papers.DOCUMENT, "annotations lead elsewhere", ofd -> ofd.put(
                        "Doc_0/Annots/B.xml", ofd.get("Doc_0/Annots/Annotations.xml"))
                .edit(Papers.DOCUMENT, "Annots/Annotations.xml", "Annots/B.xml"));
        for (var name : List.of(
                Papers.PAGE,
                Papers.TEMPLATE,
                Papers.RESOURCES,
                Papers.IMAGE,
                Papers.ANNOTATION,
                Papers.ATTACHMENT,
                Papers.TAG)) {
            var plain = plain(name);
            left(
                    shelf,
                    "changed-" + plain,
                    name,
                    "it was changed",
                    ofd -> ofd.put(name, new byte[] {'<', 'a', '/', '>'}));
        }
        after(
                shelf,
                "O2",
                "file-that-nothing-names",
                "a file added that nothing leads to",
                Shelf.undecided(UNCOVERED),
                ofd -> ofd.put("Doc_0/Pages/Page_9/Content.xml", ofd.get(Papers.PAGE)));
        shelf.attack(
                "O2",
                "list-doubles-as-page",
                "Document.xml was made to show the list of signatures as a page",
                Shelf.undecided(UNCOVERED),
                () -> Plan.of(shelf.ses())
                        .open()
                        .put(Papers.licence()
                                .edit(
                                        Papers.DOCUMENT,
                                        "</ofd:Pages>",
                                        "<ofd:Page ID=\"2\" BaseLoc=\"Signs/Signatures.xml\"/></ofd:Pages>")));
    }

    /// One file left out of what is protected, and then tampered with.
    private static void left(Shelf shelf, String name, String file, String made, Consumer<Parcel> change) {
        shelf.attack(
                "O2", "uncovered-" + name, file + " is not protected, and " + made, Shelf.undecided(UNCOVERED), () -> {
                    var ofd = Plan.of(shelf.ses())
                            .open()
                            .covering(one -> !one.equals(file))
                            .put(Papers.licence());
                    change.accept(ofd);
                    return ofd;
                });
    }

    private static void descriptions(Shelf shelf) {
        var transplanted = Shelf.modified(Flaw.STAMP_TRANSPLANTED);
        after(
                shelf,
                "O1",
                "digest-replaced",
                "the page changed, and its digest in the description",
                transplanted,
                ofd -> {
                    var before = digest(ofd);
                    ofd.edit(Papers.PAGE, "91350200", "91350201").edit(SIGNATURE, before, digest(ofd));
                });
        after(
                shelf,
                "O1",
                "reference-removed",
                "a reference taken out of the signed description",
                transplanted,
                ofd -> ofd.put(
                        SIGNATURE,
                        text(ofd, SIGNATURE)
                                .replaceFirst("<ofd:Reference FileRef=\"/Doc_0/Pages.*?</ofd:Reference>", "")));
        after(
                shelf,
                "O3",
                "place-moved",
                "the seal's place moved in the signed description",
                transplanted,
                ofd -> ofd.edit(SIGNATURE, "120 200 42 42", "20 20 42 42"));
        described(
                shelf,
                "O1",
                "no-references",
                "References is empty",
                Shelf.modified(Flaw.REFERENCE_MISSING),
                xml -> xml.replaceFirst("(<ofd:References[^>]*>).*(</ofd:References>)", "$1$2"));
        described(
                shelf,
                "O1",
                "references-left-out",
                "no References at all",
                Shelf.modified(Flaw.REFERENCE_MISSING),
                xml -> xml.replaceFirst("<ofd:References[^>]*>.*</ofd:References>", ""));
        described(
                shelf,
                "O1",
                "value-left-out",
                "no SignedValue",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                xml -> xml.replaceFirst("<ofd:SignedValue>.*</ofd:SignedValue>", ""));
        after(
                shelf,
                "O1",
                "value-removed",
                "the value's file taken out",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                ofd -> ofd.remove(VALUE));
        after(
                shelf,
                "O1",
                "value-emptied",
                "the value's file emptied",
                Shelf.modified(Flaw.SIGNATURE_VALUE_MISSING),
                ofd -> ofd.put(VALUE, ""));
        described(
                shelf,
                "O2",
                "reference-outside",
                "a reference leads out of the package",
                Shelf.modified(Flaw.PACKAGE_MALFORMED),
                xml -> xml.replaceFirst("FileRef=\"/Doc_0/Pages[^\"]*", "FileRef=\"/../../etc/passwd"));
        described(
                shelf,
                "O1",
                "one-file-two-digests",
                "a file named twice, with two digests",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                xml -> xml.replace(
                        "</ofd:References>",
                        "<ofd:Reference FileRef=\"/OFD.xml\"><ofd:CheckValue>AAAA</ofd:CheckValue></ofd:Reference></ofd:References>"));
        described(
                shelf,
                "O1",
                "unknown-digest",
                "CheckMethod CRC32",
                Shelf.undecided(Gap.ALGORITHM_UNKNOWN),
                xml -> xml.replace("1.2.156.10197.1.401", "CRC32"));
        described(
                shelf,
                "O3",
                "seal-on-no-page",
                "the seal stands on a page that is not there",
                Expected.intactBut(Gap.SEAL_PLACE_UNCLEAR),
                xml -> xml.replace("PageRef=\"1\"", "PageRef=\"77\""));
        described(
                shelf,
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

    private static void lists(Shelf shelf) {
        var invalid = Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID);
        opened(
                shelf,
                "list-emptied",
                "the signature struck off the list",
                invalid,
                ofd -> ofd.put(Plan.LIST, text(ofd, Plan.LIST).replaceFirst("<ofd:Signature [^>]*/>", "")));
        opened(
                shelf,
                "description-missing",
                "the list names a description that is not there",
                invalid,
                ofd -> ofd.edit(Plan.LIST, "Sign_0", "Sign_7"));
        opened(shelf, "list-is-no-xml", "the list is no XML", invalid, ofd -> ofd.put(Plan.LIST, "<ofd:Signatures"));
        opened(
                shelf,
                "list-of-another-root",
                "the list's root is something else",
                invalid,
                ofd -> ofd.put(Plan.LIST, text(ofd, Plan.LIST).replace("ofd:Signatures", "ofd:Res")));
        opened(
                shelf,
                "list-with-doctype",
                "a document type in the list",
                invalid,
                ofd -> ofd.edit(Plan.LIST, "<ofd:Signatures ", "<!DOCTYPE a [<!ENTITY e 'x'>]><ofd:Signatures "));
        opened(
                shelf,
                "listed-twice",
                "one signature listed twice",
                invalid,
                ofd -> ofd.put(
                        Plan.LIST,
                        text(ofd, Plan.LIST).replaceFirst("(<ofd:Signature ID=\")(s001)([^>]*/>)", "$1$2$3$1s002$3")));
        opened(
                shelf,
                "unknown-type",
                "a type that no standard has",
                Shelf.undecided(Gap.SIGNATURE_KIND_UNKNOWN, Gap.SEAL_NOT_STAMPED),
                ofd -> ofd.edit(Plan.LIST, "Type=\"Seal\"", "Type=\"Glyph\""));
        opened(
                shelf,
                "stamp-declared-as-sign",
                "the stamp declared as type Sign",
                Shelf.undecided(Flaw.CMS_MALFORMED),
                ofd -> ofd.edit(Plan.LIST, "Type=\"Seal\"", "Type=\"Sign\""));
        after(
                shelf,
                "O5",
                "signatures-taken-out-of-entry",
                "OFD.xml no longer names the list",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                ofd -> ofd.edit(Papers.ENTRY, "<ofd:Signatures>" + Plan.LIST + "</ofd:Signatures>", ""));
        after(
                shelf,
                "O5",
                "list-repointed",
                "OFD.xml names an empty list in place of the right one",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                ofd -> ofd.put("Doc_0/S.xml", Papers.xml("<ofd:Signatures %s/>"))
                        .edit(Papers.ENTRY, Plan.LIST, "Doc_0/S.xml"));
        shelf.attack(
                "O5",
                "entry-uncovered-and-list-dropped",
                "OFD.xml is not protected, and no longer names the list",
                invalid,
                () -> Plan.of(shelf.ses())
                        .open()
                        .covering(name -> !name.equals(Papers.ENTRY))
                        .put(Papers.licence())
                        .edit(Papers.ENTRY, "<ofd:Signatures>" + Plan.LIST + "</ofd:Signatures>", ""));
        shelf.attack(
                "O5",
                "plain-signature-struck-off",
                "a signature of type Sign struck off the open list",
                invalid,
                () -> {
                    var ofd = new Plan(new SignedData(shelf.authority)::over)
                            .plain()
                            .open()
                            .put(Papers.licence());
                    return ofd.put(Plan.LIST, text(ofd, Plan.LIST).replaceFirst("<ofd:Signature [^>]*/>", ""));
                });
    }

    private static void sequences(Shelf shelf) {
        var second = Plan.of(shelf.ses(Party.OTHER_SM2)).number(2).open();
        shelf.attack(
                "O5",
                "added-to-a-closed-document",
                "a second stamp after one that closed",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                () -> second.put(shelf.stamped()));
        shelf.attack(
                "O5",
                "first-struck-off-by-the-second",
                "the second signer took the first off the list",
                Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID),
                () -> {
                    var ofd = second.put(shelf.open());
                    return ofd.put(
                            Plan.LIST, text(ofd, Plan.LIST).replaceFirst("<ofd:Signature ID=\"s001\"[^>]*/>", ""));
                });
        shelf.attack(
                "O5",
                "first-taken-out",
                "the first stamp's files taken out after the second",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                () -> {
                    var ofd = second.put(shelf.open());
                    ofd.put(Plan.LIST, text(ofd, Plan.LIST).replaceFirst("<ofd:Signature ID=\"s001\"[^>]*/>", ""));
                    return ofd.remove(SIGNATURE).remove(VALUE);
                });
        shelf.attack(
                "O5",
                "page-changed-between",
                "the page changed between two stamps",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                () -> second.put(shelf.open().edit(Papers.PAGE, "91350200", "91350201")));
        shelf.attack(
                "O5",
                "one-identifier-for-two",
                "the second bears the first's identifier",
                Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID),
                () -> Plan.of(shelf.ses(Party.OTHER_SM2))
                        .number(2)
                        .open()
                        .listing(xml -> xml.replace("s002", "s001"))
                        .put(shelf.open()));
        shelf.attack(
                "O5",
                "base-missing",
                "it builds on a signature that is not there",
                Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID),
                () -> relative(shelf, "s009").put(shelf.open()));
        shelf.attack(
                "O5",
                "base-broken",
                "it builds on a signature whose value is wrong",
                Expected.failed(Integrity.MODIFIED, Flaw.SIGNATURE_LIST_INVALID, Flaw.SIG_CRYPTO_FAILURE),
                () -> {
                    var ses = shelf.ses();
                    ses.sign = Optional.of(
                            bytes -> shelf.authority.key(Party.OTHER_SM2).sign(bytes));
                    return relative(shelf, "s001").put(Plan.of(ses).open().put(Papers.licence()));
                });
    }

    private static Plan relative(Shelf shelf, String base) {
        var plan = Plan.of(shelf.ses(Party.OTHER_SM2)).number(2).open();
        plan.attributes = " Relative=\"" + base + "\"";
        return plan;
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
        described(
                shelf,
                "XML",
                "ofd-description-with-doctype",
                "a document type in the description",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replace("<ofd:Signature ", doctype + "<ofd:Signature "));
        described(
                shelf,
                "XML",
                "ofd-two-signed-infos",
                "two SignedInfo",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replaceFirst("(<ofd:SignedInfo>.*</ofd:SignedInfo>)", "$1$1"));
        described(
                shelf,
                "XML",
                "ofd-two-values",
                "two SignedValue",
                Shelf.undecided(Flaw.STAMP_MALFORMED),
                xml -> xml.replaceFirst("(<ofd:SignedValue>.*</ofd:SignedValue>)", "$1$1"));
        described(
                shelf,
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
        described(
                shelf,
                "XML",
                "ofd-description-nested-deep",
                "a description nested ten thousand deep",
                Shelf.undecided(Gap.TOO_COMPLEX),
                xml -> xml.replace(
                        "</ofd:SignedInfo>", "<a>".repeat(10_000) + "</a>".repeat(10_000) + "</ofd:SignedInfo>"));
    }

    private static void described(
            Shelf shelf,
            String attackClass,
            String name,
            String made,
            Expected expected,
            UnaryOperator<String> change) {
        shelf.attack(attackClass, name, made, expected, () -> Plan.of(shelf.ses())
                .describing(change)
                .put(Papers.licence()));
    }

    /// After a stamp that closes.
    private static void after(
            Shelf shelf, String attackClass, String name, String made, Expected expected, Consumer<Parcel> change) {
        shelf.attack(attackClass, name, made, expected, () -> {
            var ofd = shelf.stamped();
            change.accept(ofd);
            return ofd;
        });
    }

    /// After a stamp that leaves the list open.
    private static void opened(Shelf shelf, String name, String made, Expected expected, Consumer<Parcel> change) {
        shelf.attack("O5", name, made, expected, () -> {
            var ofd = shelf.open();
            change.accept(ofd);
            return ofd;
        });
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("doc_0/", "").replaceAll("[^a-z0-9]+", "-");
    }

    private static String digest(Parcel ofd) {
        return Base64.getEncoder().encodeToString(Cryptography.sm3(ofd.get(Papers.PAGE)));
    }

    private static String text(Parcel ofd, String name) {
        return new String(ofd.get(name), StandardCharsets.UTF_8);
    }
}

package org.yinzheng.testdata.corpus.ofd;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// What the standards allow and few producers write: several documents in one package (GB/T 33190 §7.4), and stamps of
/// version 1 by RSA (GM/T 0031-2014), with SHA-1 as it was then.
public final class OfdVariants implements Specimens {
    private static final String SECOND_LIST = "Doc_1/Signs/Signatures.xml";
    private static final String SHARED = "Shared/logo.png";
    private static final String SECOND_PAGE = "Doc_1/Pages/Page_0/Content.xml";
    private static final String SECOND_BODY = "<ofd:DocBody><ofd:DocInfo><ofd:DocID>45</ofd:DocID></ofd:DocInfo>"
            + "<ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>";

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        severalDocuments(shelf);
        rsa(shelf);
        return shelf.all();
    }

    private static void severalDocuments(Shelf shelf) {
        shelf.valid("two-documents-one-signature", "two documents, one signature over both", () -> Plan.of(shelf.ses())
                .put(listed()));
        shelf.valid("two-documents-two-signatures", "two documents, each with its own signature", () -> each(shelf));
        shelf.valid(
                "two-documents-share-a-file",
                "two documents show one image, and both signatures cover it",
                () -> each(shelf, sharing(), name -> true));
        shelf.attack(
                "O2",
                "second-document-unsigned",
                "two documents, a signature over the first",
                Expected.undecided(Integrity.UNKNOWN, Gap.DOCUMENT_NOT_COVERED),
                () -> Plan.of(shelf.ses()).covering(OfdVariants::isOfFirst).put(listed()));
        shelf.attack(
                "O2",
                "shared-file-covered-by-one",
                "two documents show one image, and only the signature of the first covers it",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED, Gap.DOCUMENT_NOT_COVERED),
                () -> each(shelf, sharing(), name -> !name.equals(SHARED)));
        shelf.attack(
                "O2",
                "page-taken-from-the-other-document",
                "the first document was made to show a page of the second, which its signature does not cover",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED, Gap.DOCUMENT_NOT_COVERED),
                () -> each(shelf, both().edit(Papers.DOCUMENT, "Pages/Page_0/", "/Doc_1/Pages/Page_0/"), name -> true));
        shelf.attack(
                "O2",
                "page-repointed-to-the-other-document",
                "two documents, each signed, and then the first shows a page of the second",
                Expected.modified(Flaw.SIGNED_FILE_CHANGED).atLeast(),
                () -> each(shelf).edit(Papers.DOCUMENT, "Pages/Page_0/", "/Doc_1/Pages/Page_0/"));
        shelf.attack(
                "O2",
                "document-replaced-by-the-other",
                "two documents, no signature covers OFD.xml, and it names the second document twice",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED, Gap.DOCUMENT_NOT_COVERED)
                        .atLeast(),
                () -> each(shelf, both(), name -> !name.equals(Papers.ENTRY), name -> !name.equals(Papers.ENTRY))
                        .edit(Papers.ENTRY, "Doc_0/Document.xml", "Doc_1/Document.xml"));
        shelf.attack(
                "O3",
                "signature-of-the-other-document",
                "two documents, both lists name signatures over the first",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED, Gap.DOCUMENT_NOT_COVERED),
                () -> {
                    var again = second(shelf).covering(OfdVariants::isOfFirst);
                    again.closes = false;
                    again.places = "";
                    return again.put(Plan.of(shelf.ses())
                            .covering(OfdVariants::isOfFirst)
                            .put(both()));
                });
        shelf.attack(
                "O1",
                "second-document-changed",
                "two documents, each signed, and the page of the second is another",
                Expected.modified(Flaw.SIGNED_FILE_CHANGED),
                () -> each(shelf).edit(SECOND_PAGE, "名称", "姓名"));
        shelf.attack(
                "O5",
                "two-documents-share-a-list",
                "both documents name the list of the first",
                Expected.failed(Integrity.UNKNOWN, Flaw.SIGNATURE_LIST_INVALID),
                () -> Plan.of(shelf.ses())
                        .put(two().edit(Papers.ENTRY, "</ofd:DocRoot>", "</ofd:DocRoot>" + named(Plan.LIST))
                                .put(Plan.LIST, list())));
    }

    /// The second is a copy of the first under another folder.
    private static Parcel two() {
        var ofd = Papers.licence();
        for (var name : ofd.names()) {
            if (name.startsWith("Doc_0/")) {
                ofd.put("Doc_1/" + name.substring(6), ofd.get(name));
            }
        }
        return ofd.edit(Papers.ENTRY, "</ofd:OFD>", SECOND_BODY + "</ofd:OFD>");
    }

    /// Both documents, and the list of the first, which only that one names.
    private static Parcel listed() {
        var first = "Doc_0/Document.xml</ofd:DocRoot>";
        return two().edit(Papers.ENTRY, first, first + named(Plan.LIST)).put(Plan.LIST, list());
    }

    /// Both lists are there, and named, before anybody signs.
    private static Parcel both() {
        var root = "Doc_1/Document.xml</ofd:DocRoot>";
        return listed().edit(Papers.ENTRY, root, root + named(SECOND_LIST)).put(SECOND_LIST, list());
    }

    private static Parcel sharing() {
        var image = "<ofd:MediaFile>image_5.png";
        return both().edit(Papers.RESOURCES, image, "<ofd:MediaFile>/" + SHARED)
                .edit("Doc_1/PublicRes.xml", image, "<ofd:MediaFile>/" + SHARED)
                .put(SHARED, new byte[] {1, 2, 3})
                .remove(Papers.IMAGE)
                .remove("Doc_1/Res/image_5.png");
    }

    private static Parcel each(Shelf shelf) {
        return each(shelf, both(), name -> true);
    }

    private static Parcel each(Shelf shelf, Parcel ofd, Predicate<String> secondCovers) {
        return each(shelf, ofd, name -> true, secondCovers);
    }

    private static Parcel each(Shelf shelf, Parcel ofd, Predicate<String> firstCovers, Predicate<String> secondCovers) {
        var first = Plan.of(shelf.ses()).covering(name -> isOfFirst(name) && firstCovers.test(name));
        return second(shelf)
                .covering(name -> isOfSecond(name) && secondCovers.test(name))
                .put(first.put(ofd));
    }

    private static Plan second(Shelf shelf) {
        var second = Plan.of(shelf.ses(Party.OTHER_SM2));
        second.listed = SECOND_LIST;
        second.folder = "Doc_1/Signs/Sign_0";
        return second;
    }

    /// Or of both.
    private static boolean isOfFirst(String name) {
        return !name.startsWith("Doc_1/");
    }

    private static boolean isOfSecond(String name) {
        return !name.startsWith("Doc_0/");
    }

    private static String named(String list) {
        return "<ofd:Signatures>" + list + "</ofd:Signatures>";
    }

    private static String list() {
        return Papers.xml("<ofd:Signatures %s><ofd:MaxSignId>s001</ofd:MaxSignId></ofd:Signatures>");
    }

    private static void rsa(Shelf shelf) {
        shelf.valid(
                "v1-rsa-sha256",
                "a stamp of version 1 by RSA with SHA-256",
                () -> shelf.stamped(rsa(shelf, "1.2.840.113549.1.1.11", "SHA-256", "SHA256withRSA")));
        shelf.add(
                "valid-ofd-v1-rsa-sha1",
                Specimen.VALID,
                "a stamp of version 1 by RSA with SHA-1, as in 2014",
                Expected.intactBut(Gap.ALGORITHM_WEAK),
                () -> shelf.stamped(rsa(shelf, "1.2.840.113549.1.1.5", "SHA-1", "SHA1withRSA"))
                        .zip());
        shelf.attack(
                "O3",
                "v1-rsa-sha1-over-another-description",
                "a stamp of version 1 by RSA with SHA-1 whose dataHash is of something else",
                Expected.modified(Flaw.STAMP_TRANSPLANTED),
                () -> {
                    var ses = rsa(shelf, "1.2.840.113549.1.1.5", "SHA-1", "SHA1withRSA");
                    return new Plan((original, path) -> ses.over(new byte[0], path)).put(Papers.licence());
                });
        shelf.attack(
                "O3",
                "v1-rsa-value-changed",
                "a stamp of version 1 by RSA whose value was changed",
                Expected.modified(Flaw.SIG_CRYPTO_FAILURE),
                () -> {
                    var ses = rsa(shelf, "1.2.840.113549.1.1.11", "SHA-256", "SHA256withRSA");
                    ses.value = value -> {
                        var other = value.clone();
                        other[100] ^= 1;
                        return other;
                    };
                    return shelf.stamped(ses);
                });
        shelf.attack(
                "O4",
                "v4-by-rsa",
                "a stamp of version 4, which knows SM2 only, by RSA",
                Expected.undecided(Integrity.UNKNOWN, Gap.ALGORITHM_UNKNOWN).atLeast(),
                () -> shelf.stamped(rsa(shelf, "1.2.840.113549.1.1.11", "SM3", "SHA256withRSA")
                        .version(4)));
    }

    private static Ses rsa(Shelf shelf, String oid, String digest, String jcaName) {
        var ses = shelf.ses(Party.RSA).version(1);
        ses.algorithm = oid;
        ses.digest = digest;
        ses.sign = Optional.of(message -> shelf.authority.key(Party.RSA).sign(jcaName, message));
        return ses;
    }
}

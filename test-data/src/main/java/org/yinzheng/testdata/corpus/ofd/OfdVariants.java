package org.yinzheng.testdata.corpus.ofd;

import java.util.List;
import java.util.Optional;
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
        // neither signer vouches for the whole package
        shelf.add(
                "valid-ofd-two-documents-two-signatures",
                Specimen.VALID,
                "two documents, each with its own signature",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED),
                () -> each(shelf).zip());
        shelf.attack(
                "O2",
                "second-document-unsigned",
                "two documents, a signature over the first",
                Expected.undecided(Integrity.UNKNOWN, Gap.NOT_ALL_CONTENT_COVERED)
                        .atLeast(),
                () -> Plan.of(shelf.ses()).covering(OfdVariants::isOfFirst).put(listed()));
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
    private static Parcel each(Shelf shelf) {
        var root = "Doc_1/Document.xml</ofd:DocRoot>";
        var ofd = listed().edit(Papers.ENTRY, root, root + named(SECOND_LIST)).put(SECOND_LIST, list());
        var second = Plan.of(shelf.ses(Party.OTHER_SM2)).covering(OfdVariants::isOfSecond);
        second.listed = SECOND_LIST;
        second.folder = "Doc_1/Signs/Sign_0";
        return second.put(Plan.of(shelf.ses()).covering(OfdVariants::isOfFirst).put(ofd));
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

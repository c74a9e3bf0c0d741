package org.yinzheng.testdata.corpus.ofd;

import java.nio.charset.StandardCharsets;
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

/// Lists of signatures bent, and signatures after signatures (O2, O5).
public final class ListAttacks implements Specimens {
    private static final String SIGNATURE = "Doc_0/Signs/Sign_0/Signature.xml";
    private static final String VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat";

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var shelf = new Shelf(authority);
        lists(shelf);
        sequences(shelf);
        return shelf.all();
    }

    private static void lists(Shelf shelf) {
        var invalid = Shelf.undecided(Flaw.SIGNATURE_LIST_INVALID);
        shelf.opened(
                "list-emptied",
                "the signature struck off the list",
                invalid,
                ofd -> ofd.put(Plan.LIST, text(ofd, Plan.LIST).replaceFirst("<ofd:Signature [^>]*/>", "")));
        shelf.opened(
                "description-missing",
                "the list names a description that is not there",
                invalid,
                ofd -> ofd.edit(Plan.LIST, "Sign_0", "Sign_7"));
        shelf.opened("list-is-no-xml", "the list is no XML", invalid, ofd -> ofd.put(Plan.LIST, "<ofd:Signatures"));
        shelf.opened(
                "list-of-another-root",
                "the list's root is something else",
                invalid,
                ofd -> ofd.put(Plan.LIST, text(ofd, Plan.LIST).replace("ofd:Signatures", "ofd:Res")));
        shelf.opened(
                "list-with-doctype",
                "a document type in the list",
                invalid,
                ofd -> ofd.edit(Plan.LIST, "<ofd:Signatures ", "<!DOCTYPE a [<!ENTITY e 'x'>]><ofd:Signatures "));
        shelf.opened(
                "listed-twice",
                "one signature listed twice",
                invalid,
                ofd -> ofd.put(
                        Plan.LIST,
                        text(ofd, Plan.LIST).replaceFirst("(<ofd:Signature ID=\")(s001)([^>]*/>)", "$1$2$3$1s002$3")));
        shelf.opened(
                "unknown-type",
                "a type that no standard has",
                Shelf.undecided(Gap.SIGNATURE_KIND_UNKNOWN, Gap.SEAL_NOT_STAMPED),
                ofd -> ofd.edit(Plan.LIST, "Type=\"Seal\"", "Type=\"Glyph\""));
        shelf.opened(
                "stamp-declared-as-sign",
                "the stamp declared as type Sign",
                Shelf.undecided(Flaw.CMS_MALFORMED),
                ofd -> ofd.edit(Plan.LIST, "Type=\"Seal\"", "Type=\"Sign\""));
        shelf.after(
                "O5",
                "signatures-taken-out-of-entry",
                "OFD.xml no longer names the list",
                Shelf.modified(Flaw.SIGNED_FILE_CHANGED),
                ofd -> ofd.edit(Papers.ENTRY, "<ofd:Signatures>" + Plan.LIST + "</ofd:Signatures>", ""));
        shelf.after(
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

    private static String text(Parcel ofd, String name) {
        return new String(ofd.get(name), StandardCharsets.UTF_8);
    }
}

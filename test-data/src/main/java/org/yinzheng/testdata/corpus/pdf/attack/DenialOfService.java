package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CONTENT_ADDED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.UPDATE_UNREADABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Cut;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P12: loops, bombs and depths. First as an update of a signed document, then in a document that its own author
/// prepared and had signed: that one is what was signed, and says so as soon as anybody can afford to look.
final class DenialOfService {
    private static final int DEEP = 100_000;

    private final Attacks attacks = new Attacks("P12");
    private final Signing signing;

    private DenialOfService(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var denial = new DenialOfService(signing);
        denial.updates();
        denial.files();
        denial.prepared();
        return denial.attacks.all();
    }

    private void updates() {
        update(
                "page-tree-that-holds-itself",
                update -> update.replace(update.pages(), "/Kids[", "/Kids[" + update.pages() + " 0 R "));
        update(
                "arrays-nested-deeply",
                Expected.modified(UPDATE_UNREADABLE),
                update -> update.extend(update.page(), "/X" + "[".repeat(DEEP) + "]".repeat(DEEP)));
        update(
                "dictionaries-nested-deeply",
                Expected.modified(UPDATE_UNREADABLE),
                update -> update.extend(update.page(), "/X" + "<</X".repeat(DEEP) + "/Y" + ">>".repeat(DEEP)));
        update(
                "page-below-itself",
                update -> update.put(
                        update.page(),
                        "<</Type/Page/Parent " + update.page() + " 0 R/Kids[" + update.page() + " 0 R]>>"));
        update(
                "content-that-inflates-to-a-gigabyte",
                update -> update.put(update.referred(update.page(), "Contents"), bomb("", 1 << 30)));
        update("length-that-refers-to-itself", update -> {
            var content = update.referred(update.page(), "Contents");
            return update.put(content, "<</Length " + content + " 0 R>>\nstream\nx\nendstream");
        });
        update(
                "hundred-thousand-annotations",
                Expected.modified(UPDATE_UNREADABLE),
                update -> update.extend(update.page(), "/Annots[" + (update.page() + " 0 R ").repeat(100_000) + "]"));
        update("pages-in-a-chain", Expected.undecided(Integrity.UNKNOWN, Gap.TOO_COMPLEX), update -> {
            long next = update.page();
            for (int i = 0; i < 20_000; i++) {
                next = update.add("<</Type/Pages/Count 1/Kids[" + next + " 0 R]>>");
            }
            return update.put(update.pages(), "<</Type/Pages/Count 1/Kids[" + next + " 0 R]>>");
        });
    }

    private void update(String name, UnaryOperator<Update> change) {
        update(name, Expected.modified(CONTENT_REPLACED_AFTER_SIGNING), change);
    }

    private void update(String name, Expected expected, UnaryOperator<Update> change) {
        attacks.add(
                "update-" + name,
                "an update of a signed document that costs a reader its memory, its stack or its time",
                expected,
                () -> change.apply(new Update(signing.alone.get())).write());
    }

    private void files() {
        unreadable("table-before-itself", update -> update.put(update.fresh(), "<<>>")
                .trailer("/Prev " + (Cut.of(signing.alone.get()).text().length() + 21)));
        unreadable(
                "table-in-a-loop", update -> update.put(update.fresh(), "<<>>").trailer("/Prev 9"));
        unreadable("table-of-two-billion-entries", update -> update.put(update.fresh(), "<<>>")
                .trailer("/Size 2147483647/Prev 2147483647"));
        attacks.add(
                "file-that-is-one-loop",
                "a table whose previous table is itself, in an unsigned file",
                Expected.malformed(),
                () -> new Cut("%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n").bytes());
        attacks.add(
                "cross-reference-stream-that-inflates-to-a-gigabyte",
                "an unsigned file whose table is a bomb",
                Expected.undecided(Integrity.UNKNOWN, Gap.TOO_COMPLEX),
                () -> new Cut("%PDF-1.7\n1 0 obj\n"
                                + bomb("/Type/XRef/W[1 4 2]/Size 100000000/Root 1 0 R", 1 << 30)
                                + "\nendobj\nstartxref\n9\n%%EOF\n")
                        .bytes());
        attacks.add(
                "ten-thousand-end-markers",
                "as many updates as lines, and no object in any",
                Expected.modified(UPDATE_UNREADABLE),
                () -> Cut.of(signing.alone.get())
                        .append("startxref\n0\n%%EOF\n".repeat(10_000))
                        .bytes());
        attacks.add(
                "ten-thousand-ranges-in-the-clear",
                "text that looks like signatures, behind a signed document",
                Expected.modified(CONTENT_ADDED_AFTER_SIGNING),
                () -> Cut.of(signing.alone.get())
                        .append("/ByteRange [0 10 20 30] ".repeat(10_000))
                        .bytes());
    }

    private void unreadable(String name, UnaryOperator<Update> change) {
        attacks.add(
                "update-" + name,
                "an update whose table leads a reader nowhere",
                Expected.modified(UPDATE_UNREADABLE),
                () -> change.apply(new Update(signing.alone.get())).write());
    }

    private void prepared() {
        prepared(
                "content-that-inflates-to-a-gigabyte",
                update -> update.put(update.referred(update.page(), "Contents"), bomb("", 1 << 30)));
        prepared("picture-that-draws-itself", update -> {
            var picture = update.fresh();
            update.put(
                    picture,
                    Update.stream(
                            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</P " + picture + " 0 R>>>>",
                            "/P Do"));
            return update.put(
                    update.page(),
                    update.body(update.page())
                            .replaceFirst("/Resources\\s*<<", "/Resources<</XObject<</P " + picture + " 0 R>>"));
        });
        prepared(
                "clipping-paths-nested-deeply",
                update -> update.put(
                        update.referred(update.page(), "Contents"),
                        Update.stream("", "q 0 0 9 9 re W n ".repeat(DEEP))));
        prepared("fields-below-each-other", update -> {
            long above = update.fresh();
            long first = above;
            for (int i = 0; i < 3_000; i++) {
                long below = update.fresh();
                update.put(above, "<</T(a)/Kids[" + below + " 0 R]>>");
                above = below;
            }
            update.put(above, "<</T(a)/FT/Tx>>");
            return update.extend(update.root(), "/AcroForm<</Fields[" + first + " 0 R]>>");
        });
        prepared("field-below-itself", update -> {
            long field = update.fresh();
            update.put(field, "<</T(a)/FT/Tx/Parent " + field + " 0 R/Kids[" + field + " 0 R]>>");
            return update.extend(update.root(), "/AcroForm<</Fields[" + field + " 0 R]>>");
        });
    }

    private void prepared(String name, UnaryOperator<Update> change) {
        attacks.add("prepared-" + name, "signed as it is, with a good key", Expected.passed(), () -> Handmade.of(
                        signing.cms(Party.RSA))
                .on(change.apply(new Update(Papers.licence())).write()));
    }

    private static String bomb(String entries, int size) {
        var packed = new ByteArrayOutputStream();
        try (var output = new DeflaterOutputStream(packed)) {
            var spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < size >> 20; i++) {
                output.write(spaces);
            }
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return Update.stream(entries + "/Filter/FlateDecode", packed.toString(StandardCharsets.ISO_8859_1));
    }
}

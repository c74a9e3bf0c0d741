package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;

import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P6: an object that may change in one place is shown in another.
final class WhitelistReuse {
    private static final String OTHER = "0 0 400 600 re f";

    private final Attacks attacks = new Attacks("P6");
    private final Signing signing;

    private WhitelistReuse(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var reuse = new WhitelistReuse(signing);
        reuse.evidence();
        reuse.prepared();
        return reuse.attacks.all();
    }

    private void evidence() {
        for (var key : List.of("Certs", "CRLs", "OCSPs")) {
            later("content-as-evidence-" + key.toLowerCase(java.util.Locale.ROOT), update -> {
                var content = update.referred(update.page(), "Contents");
                update.put(content, Update.stream("", OTHER));
                return update.extend(update.root(), "/DSS<</Type/DSS/" + key + "[" + content + " 0 R]>>");
            });
        }
        later("content-as-evidence-of-one-signature", update -> {
            var content = update.referred(update.page(), "Contents");
            update.put(content, Update.stream("", OTHER));
            return update.extend(
                    update.root(), "/DSS<</Type/DSS/VRI<</" + "AB".repeat(20) + "<</Cert[" + content + " 0 R]>>>>>>");
        });
        later("page-as-evidence", update -> {
            var page = update.page();
            update.extend(page, "/Rotate 90");
            return update.extend(update.root(), "/DSS<</Type/DSS/Certs[" + page + " 0 R]>>");
        });
        later("page-tree-as-extension", update -> {
            update.extend(update.pages(), "/Rotate 90");
            return update.extend(update.root(), "/Extensions<</ADBE " + update.pages() + " 0 R>>");
        });
    }

    private void later(String name, UnaryOperator<Update> change) {
        attacks.add(
                name,
                "an update adds evidence, and what it adds is what the page shows",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> change.apply(new Update(signing.alone.get())).write());
    }

    private void prepared() {
        prepared("metadata-that-a-page-draws", update -> {
            var metadata =
                    update.addStream("/Type/Metadata/Subtype/XML/Both true", "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
            update.extend(update.root(), "/Metadata " + metadata + " 0 R");
            return drawn(update, metadata);
        });
        prepared("evidence-that-a-page-draws", update -> {
            var shared = update.addStream("/Both true", "0 0 9 9 re f");
            update.extend(update.root(), "/DSS<</Type/DSS/Certs[" + shared + " 0 R]>>");
            return drawn(update, shared);
        });
        prepared("private-data-that-a-page-draws", update -> {
            var shared = update.addStream("/Both true", "0 0 9 9 re f");
            update.extend(update.info(), "/Producer " + shared + " 0 R");
            return drawn(update, shared);
        });
        prepared("appearance-of-a-field-that-a-page-draws", update -> {
            var shared = update.addStream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Both true", "BT /F1 9 Tf (100) Tj ET");
            var field = update.add("<</Type/Annot/Subtype/Widget/FT/Tx/T(sum)/Rect[60 60 260 80]/F 4/P " + update.page()
                    + " 0 R/AP<</N " + shared + " 0 R>>>>");
            update.extend(update.root(), "/AcroForm<</Fields[" + field + " 0 R]/DA(/Helv 9 Tf)>>");
            update.extend(update.page(), "/Annots[" + field + " 0 R]");
            return drawn(update, shared);
        });
    }

    private static Update drawn(Update update, long object) {
        return update.put(
                update.page(),
                update.body(update.page()).replaceAll("/Contents \\d+ 0 R", "/Contents[" + object + " 0 R]"));
    }

    private void prepared(String name, UnaryOperator<Update> preparing) {
        attacks.add(
                name,
                "prepared so that one object is both something that may change and what the page shows; then changed",
                Expected.modified(CONTENT_REPLACED_AFTER_SIGNING),
                () -> changed(signing.signed(
                        preparing.apply(new Update(Papers.licence())).write(), signing.stamp("authority", Party.RSA))));
    }

    private static DocumentBytes changed(DocumentBytes signed) {
        var update = new Update(signed);
        var shared = update.holding("/Both true");
        return update.put(
                        shared,
                        update.body(shared)
                                .replaceAll(
                                        "(?s)/Length \\d+.*",
                                        "/Length " + OTHER.length() + ">>\nstream\n" + OTHER + "\nendstream"))
                .write();
    }
}

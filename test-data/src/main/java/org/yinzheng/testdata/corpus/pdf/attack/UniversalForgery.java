package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.BYTE_RANGE_INVALID;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_REPLACED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.HASH_FAILURE;
import static org.yinzheng.signing.verdict.Flaw.SIGNATURE_DICTIONARY_CHANGED;
import static org.yinzheng.signing.verdict.Flaw.SIGNATURE_VALUE_MISSING;

import java.util.List;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Cut;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P1: /Contents or /ByteRange made unusable, in the hope that a signature that cannot be checked is passed over.
final class UniversalForgery {
    private final Attacks attacks = new Attacks("P1");
    private final Signing signing;

    private UniversalForgery(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var forgery = new UniversalForgery(signing);
        forgery.inPlace();
        forgery.ranges();
        forgery.values();
        forgery.later();
        return forgery.attacks.all();
    }

    private void inPlace() {
        edited("contents-renamed", SIGNATURE_VALUE_MISSING, cut -> cut.replaceLast("/Contents <", "/Contants <"));
        edited("range-renamed", BYTE_RANGE_INVALID, cut -> cut.replaceLast("/ByteRange", "/ByteRangf"));
        edited("content-changed-too", HASH_FAILURE, cut -> cut.replaceFirst("%PDF-1.7", "%PDF-1.3"));
        edited(
                "sub-filter-unknown",
                HASH_FAILURE,
                cut -> cut.replaceLast("/ETSI.CAdES.detached", "/ETSI.CAdES.detacheX"));
    }

    private void ranges() {
        range("negative", "0 -1 -1 5");
        range("beginning-behind-header", "9 10 200 300");
        range("of-three-numbers", "0 100 200");
        range("of-six-numbers", "0 10 20 10 100 10");
        range("empty", "");
        range("of-reals", "0.0 100.5 200.5 9.5");
        range("of-strings", "(0) (100) (200) (300)");
        range("of-numbers-beyond-64-bits", "0 9999999999999999999 1 1");
        range("beyond-the-file", "0 100 200 99999999");
        range("overlapping-itself", "0 500 100 500");
        range("of-references", "1 0 R 1 0 R");
        edited("range-null", BYTE_RANGE_INVALID, cut -> overwrite(cut, "/ByteRange ", "null"));
        edited("range-a-name", BYTE_RANGE_INVALID, cut -> overwrite(cut, "/ByteRange ", "/None"));
    }

    private void range(String name, String numbers) {
        edited("range-" + name, BYTE_RANGE_INVALID, cut -> overwrite(cut, "/ByteRange ", "[" + numbers + "]"));
    }

    private void values() {
        value("null", "null");
        hole("empty", "<>");
        hole("of-few-zeros", "<" + "0".repeat(200) + ">");
        hole("a-literal-string", "(signed)");
        hole("odd-hex", "<3>");
        hole("no-hex", "<zz zz>");
        value("a-number", "42");
        value("a-reference", "1 0 R");
        edited("value-of-zeros", SIGNATURE_VALUE_MISSING, cut -> {
            int from = cut.last("/Contents <") + 11;
            int length = cut.text().indexOf('>', from) - from;
            return cut.replace(from, length, "0".repeat(length));
        });
        edited("value-not-closed", BYTE_RANGE_INVALID, cut -> {
            int at = cut.last("/Contents <") + 10;
            return cut.replace(cut.text().indexOf('>', at), 1, "0");
        });
    }

    private void value(String name, String value) {
        edited("value-" + name, SIGNATURE_VALUE_MISSING, cut -> overwrite(cut, "/Contents ", value));
    }

    /// Shorter than the hole that was left for it.
    private void hole(String name, String value) {
        edited("value-" + name, BYTE_RANGE_INVALID, cut -> overwrite(cut, "/Contents ", value));
    }

    private void edited(String name, Flaw why, UnaryOperator<Cut> edit) {
        attacks.add(
                name,
                "one signature with RSA, its dictionary overwritten in place",
                Expected.modified(why),
                () -> edit.apply(Cut.of(signing.alone.get())).bytes());
    }

    /// Puts another value behind the last such key, in the same space.
    private static Cut overwrite(Cut cut, String key, String value) {
        int from = key.startsWith("/Contents") ? cut.last("/Contents <") + 10 : cut.last(key) + key.length();
        int until = cut.text().indexOf(key.startsWith("/Contents") ? '>' : ']', from) + 1;
        while (cut.text().charAt(until) == ' ') {
            until++;
        }
        if (value.length() > until - from) {
            throw new IllegalStateException(value + " does not fit in");
        }
        return cut.replace(from, until - from, value + " ".repeat(until - from - value.length()));
    }

    private void later() {
        var head = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached";
        dictionary("without-value-and-range", head + ">>");
        dictionary("with-nulls", head + "/ByteRange null/Contents null>>");
        dictionary("with-empty-value", head + "/ByteRange[0 1 2 3]/Contents<>>>");
        dictionary("null", "null");
        dictionary("of-another-kind", "<</Type/Sig/Filter/Other/SubFilter/none>>");
        updated("field-value-removed", update -> {
            var field = update.holding("/FT/Sig");
            return update.put(field, update.body(field).replaceAll("/V \\d+ 0 R", ""));
        });
        changed(
                "field-of-another-type",
                CONTENT_REPLACED_AFTER_SIGNING,
                update -> update.replace(update.holding("/FT/Sig"), "/FT/Sig", "/FT/Tx"));
        updated(
                "form-removed",
                update -> update.put(update.root(), update.body(update.root()).replaceAll("/AcroForm \\d+ 0 R", "")));
        updated("field-list-emptied", update -> update.put(update.form(), "<</Fields[]/SigFlags 3>>"));
    }

    private void dictionary(String name, String body) {
        updated("dictionary-" + name, update -> update.put(update.signature(), body));
    }

    private void updated(String name, UnaryOperator<Update> change) {
        changed(name, SIGNATURE_DICTIONARY_CHANGED, change);
    }

    private void changed(String name, Flaw why, UnaryOperator<Update> change) {
        attacks.add(
                "update-" + name,
                "an update after the signature, which touches nothing but the signature itself",
                Expected.modified(why),
                () -> change.apply(new Update(signing.alone.get())).write());
    }
}

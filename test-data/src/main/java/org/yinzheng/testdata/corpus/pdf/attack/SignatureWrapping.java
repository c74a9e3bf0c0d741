package org.yinzheng.testdata.corpus.pdf.attack;

import static org.yinzheng.signing.verdict.Flaw.BYTE_RANGE_INVALID;
import static org.yinzheng.signing.verdict.Flaw.CONTENT_ADDED_AFTER_SIGNING;
import static org.yinzheng.signing.verdict.Flaw.HASH_FAILURE;
import static org.yinzheng.signing.verdict.Flaw.SIGNATURES_OVERLAP;

import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Cut;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update;

/// P3 and P4: the signed bytes moved about, holes that are larger than a signature, ranges that two signatures share.
final class SignatureWrapping {
    private final Signing signing;
    private final Attacks wrapping = new Attacks("P3");
    private final Attacks sharing = new Attacks("P4");

    private SignatureWrapping(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var attack = new SignatureWrapping(signing);
        attack.moved();
        attack.ranges();
        attack.shared();
        attack.wrapping.all().addAll(attack.sharing.all());
        return attack.wrapping.all();
    }

    private void moved() {
        for (var content : List.of("", "99 0 obj\n<</Type/Page/MediaBox[0 0 9 9]>>\nendobj\n")) {
            wrapping.add(
                    content.isEmpty() ? "swa-second-part-moved" : "swa-second-part-moved-and-objects-in-the-hole",
                    "the second part moved down, with another /ByteRange in the gap beside the value",
                    Expected.modified(BYTE_RANGE_INVALID),
                    () -> moved(signing.alone.get(), content));
        }
        wrapping.add(
                "swa-second-part-moved-no-new-range",
                "the second part moved down behind a comment; the range stays and covers other bytes",
                Expected.modified(BYTE_RANGE_INVALID),
                () -> {
                    var cut = Cut.of(signing.alone.get());
                    var end = cut.text().indexOf('>', cut.last("/Contents <"));
                    return cut.replace(end + 1, 0, "%" + "x".repeat(200) + "\n").bytes();
                });
        wrapping.add(
                "value-padded-until-the-hole-is-larger",
                "zeros added to the value itself, everything behind moved down",
                Expected.malformed(),
                () -> {
                    var cut = Cut.of(signing.alone.get());
                    var end = cut.text().indexOf('>', cut.last("/Contents <"));
                    return cut.replace(end, 0, "0".repeat(1000)).bytes();
                });
    }

    private static DocumentBytes moved(DocumentBytes signed, String content) {
        var cut = Cut.of(signed);
        int begin = cut.last("/Contents <") + 10;
        int end = cut.text().indexOf('>', begin) + 1;
        var value = cut.text().substring(begin, end);
        var filler = "/ByteRange [0 %d %010d %d]" + " ".repeat(20) + content;
        int rest = cut.text().length() - end;
        var length = value.length() + filler.formatted(begin, 0, rest).length();
        return cut.replace(begin, end - begin, value + filler.formatted(begin, begin + length, rest))
                .bytes();
    }

    private void ranges() {
        own("hole-before-the-value-too", (b, e, s) -> "0 " + (b - 40) + " " + e + " " + (s - e));
        own("hole-behind-the-value-too", (b, e, s) -> "0 " + b + " " + (e + 20) + " " + (s - e - 20));
        own("hole-over-the-page", (b, e, s) -> "0 20 " + e + " " + (s - e));
        own("header-left-out", (b, e, s) -> "16 " + (b - 16) + " " + e + " " + (s - e));
        own("end-left-out", (b, e, s) -> "0 " + b + " " + e + " " + (s - e - 200));
        own("end-of-the-trailer-left-out", (b, e, s) -> "0 " + b + " " + e + " " + (s - e - 7));
        own("second-part-empty", (b, e, s) -> "0 " + b + " " + e + " 0");
        own("delimiters-left-in", (b, e, s) -> "0 " + (b + 1) + " " + (e - 1) + " " + (s - e + 1));
        own("no-hole", (b, e, s) -> "0 " + b + " " + b + " " + (s - b));
        own("hole-elsewhere", (b, e, s) -> "0 100 120 " + (s - 120));
        own("parts-exchanged", (b, e, s) -> e + " " + (s - e) + " 0 " + b);
        own("three-parts", (b, e, s) -> "0 100 110 " + (b - 110) + " " + e + " " + (s - e));
        wrapping.add(
                "hole-over-a-decoy",
                "the range leaves out a string in another dictionary; this signature's own value is signed over",
                Expected.modified(BYTE_RANGE_INVALID),
                () -> {
                    var paper = new Update(Papers.licence());
                    var decoy = paper.add("<</Type/Sig/Contents <" + "0".repeat(2000) + ">>>");
                    paper.extend(paper.root(), "/PieceInfo " + decoy + " 0 R");
                    var prepared = paper.write();
                    int at = Cut.of(prepared).last("/Contents <000") + 10;
                    return Handmade.of(signing.cms(Party.RSA))
                            .range((b, e, s) -> "0 " + at + " " + (at + 2002) + " " + (s - at - 2002))
                            .on(prepared);
                });
    }

    private void own(String name, Handmade.Ranging says) {
        wrapping.add(
                "range-" + name,
                "signed with a good key over a range that is not what the standard demands",
                Expected.modified(BYTE_RANGE_INVALID),
                () -> Handmade.of(signing.cms(Party.RSA)).range(says).on(Papers.licence()));
    }

    private void shared() {
        copied(
                "same-dictionary-again",
                SIGNATURES_OVERLAP,
                false,
                update -> update.add(update.body(update.signature())));
        copied("copy-in-a-new-field", SIGNATURES_OVERLAP, true, update -> update.add(update.body(update.signature())));
        copied("one-value-in-two-fields", CONTENT_ADDED_AFTER_SIGNING, true, Update::signature);
        sharing.add(
                "value-of-another-signature",
                "a second signature whose value was copied from the first",
                Expected.modified(HASH_FAILURE),
                () -> Handmade.of(signed -> value(signing.alone.get()))
                        .field("copy")
                        .on(signing.alone.get()));
        sharing.add(
                "range-of-another-signature",
                "a second signature that claims the first one's range",
                Expected.modified(SIGNATURES_OVERLAP),
                () -> {
                    var first = Cut.of(signing.alone.get());
                    int at = first.last("/ByteRange");
                    var range = first.text()
                            .substring(
                                    first.text().indexOf('[', at) + 1,
                                    first.text().indexOf(']', at));
                    return Handmade.of(signing.cms(Party.OTHER_RSA))
                            .field("other")
                            .range((b, e, s) -> range)
                            .on(signing.alone.get());
                });
        sharing.add(
                "hole-over-both-values",
                "a second signature whose range leaves out the first one's value as well",
                Expected.modified(BYTE_RANGE_INVALID),
                () -> {
                    int first = Cut.of(signing.alone.get()).last("/Contents <") + 10;
                    return Handmade.of(signing.cms(Party.OTHER_RSA))
                            .field("other")
                            .range((b, e, s) -> "0 " + first + " " + e + " " + (s - e))
                            .on(signing.alone.get());
                });
        sharing.add(
                "transplanted-to-another-document",
                "the value of a signature of one document in the field of another",
                Expected.modified(HASH_FAILURE),
                () -> Handmade.of(signed -> value(signing.alone.get())).on(Papers.form()));
    }

    private interface Value {
        long in(Update update);
    }

    private void copied(String name, Flaw why, boolean inField, Value value) {
        sharing.add(name, "an update with what was signed before, once more", Expected.modified(why), () -> {
            var update = new Update(signing.alone.get());
            var number = value.in(update);
            if (inField) {
                var field = update.add("<</Type/Annot/Subtype/Widget/FT/Sig/T(again)/F 132/Rect[0 0 0 0]/P "
                        + update.page() + " 0 R/V " + number + " 0 R>>");
                update.replace(update.form(), "/Fields[", "/Fields[" + field + " 0 R ");
            }
            return update.write();
        });
    }

    static byte[] value(DocumentBytes signed) {
        var text = Cut.of(signed).text();
        int begin = Cut.of(signed).last("/Contents <") + 11;
        var hex = text.substring(begin, text.indexOf('>', begin));
        var bytes = java.util.HexFormat.of().parseHex(hex);
        return Optional.of(bytes).map(SignatureWrapping::withoutPadding).orElseThrow();
    }

    /// The DER alone, as its own length says.
    private static byte[] withoutPadding(byte[] padded) {
        int length = ((padded[2] & 0xff) << 8) + (padded[3] & 0xff) + 4; // every value here has a length of two bytes
        return java.util.Arrays.copyOf(padded, length);
    }
}

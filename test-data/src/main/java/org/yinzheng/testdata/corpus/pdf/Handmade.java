package org.yinzheng.testdata.corpus.pdf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;

/// A signature put on a PDF by hand: its dictionary, its range and its value can each be made wrong. Left alone, it is
/// a PAdES signature without appearance.
public final class Handmade {
    private static final int HOLE = 24_000;
    private static final String RANGE = "/ByteRange [" + "*".repeat(60) + "]";

    private final UnaryOperator<byte[]> maker;
    private String field = "authority";
    private String subFilter = "ETSI.CAdES.detached";
    private String type = "/Type/Sig";
    private String entries = "/M(D:20261121080000Z)";
    private String widget = "/Rect[0 0 0 0]/F 132";
    private String perms = "";
    private Optional<Ranging> ranging = Optional.empty();

    /// Says what stands in the /ByteRange.
    public interface Ranging {
        /// @param begin of the hole, with its `<`
        /// @param end of the hole, after its `>`
        /// @param size of the file
        String of(int begin, int end, int size);
    }

    /// @param maker makes the value for the signed bytes
    private Handmade(UnaryOperator<byte[]> maker) {
        this.maker = maker;
    }

    public static Handmade of(CmsParts parts) {
        return new Handmade(parts::over);
    }

    public static Handmade of(UnaryOperator<byte[]> maker) {
        return new Handmade(maker);
    }

    public Handmade field(String name) {
        field = name;
        return this;
    }

    public Handmade subFilter(String name) {
        subFilter = name;
        return this;
    }

    public Handmade type(String entry) {
        type = entry;
        return this;
    }

    /// Of the signature dictionary, beside the necessary ones.
    public Handmade entries(String more) {
        entries = more;
        return this;
    }

    /// Of the field.
    public Handmade widget(String more) {
        widget = more;
        return this;
    }

    /// DocMDP with this /P.
    public Handmade certifying(int permission) {
        entries += "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P "
                + permission + ">>>>]";
        perms = "/Perms<</DocMDP SIGNATURE>>";
        return this;
    }

    public Handmade range(Ranging says) {
        ranging = Optional.of(says);
        return this;
    }

    public DocumentBytes on(DocumentBytes pdf) {
        return on(pdf, Update.Listing.TABLE);
    }

    public DocumentBytes on(DocumentBytes pdf, Update.Listing listing) {
        return on(new Update(pdf), listing);
    }

    /// In the update that was begun, with whatever else is in it.
    public DocumentBytes on(Update update, Update.Listing listing) {
        var value = update.add("<<" + type + "/Filter/Adobe.PPKLite/SubFilter/" + subFilter + entries + RANGE
                + "/Contents <" + "0".repeat(HOLE) + ">>>");
        var page = update.page();
        var one = update.add("<</Type/Annot/Subtype/Widget/FT/Sig/T(" + field + ")/V " + value + " 0 R/P " + page
                + " 0 R" + widget + ">>");
        enter(update, update.root(), page, one, value);
        return filled(update.write(listing));
    }

    private void enter(Update update, long root, long page, long one, long value) {
        var catalog = update.body(root);
        if (catalog.contains("/AcroForm")) {
            var form = catalog.matches("(?s).*/AcroForm\\s+\\d+ 0 R.*") ? update.form() : root;
            append(update, form, "Fields", one);
        } else {
            update.extend(root, "/AcroForm<</Fields[" + one + " 0 R]/SigFlags 3>>");
        }
        if (!perms.isEmpty()) {
            update.extend(root, perms.replace("SIGNATURE", value + " 0 R"));
        }
        if (update.body(page).contains("/Annots[")) {
            append(update, page, "Annots", one);
        } else {
            update.extend(page, "/Annots[" + one + " 0 R]");
        }
    }

    private static void append(Update update, long owner, String key, long added) {
        var before = update.body(owner);
        int end = before.indexOf(']', before.indexOf("/" + key + "["));
        update.put(owner, before.substring(0, end) + " " + added + " 0 R" + before.substring(end));
    }

    private DocumentBytes filled(DocumentBytes draft) {
        var cut = Cut.of(draft);
        int begin = cut.last("/Contents <" + "0".repeat(HOLE)) + "/Contents ".length();
        int end = begin + HOLE + 2;
        int size = cut.text().length();
        var usual = "0 %d %d %d".formatted(begin, end, size - end);
        var range = ranging.map(says -> says.of(begin, end, size)).orElse(usual);
        var ranged = cut.replace(cut.last(RANGE), RANGE.length(), padded("/ByteRange [" + range + "]"));
        var bytes = ranged.bytes().toByteArray();
        var signed = covered(bytes, range).orElseGet(() -> covered(bytes, usual).orElseThrow());
        var value = HexFormat.of().formatHex(maker.apply(signed));
        if (value.length() > HOLE) {
            throw new IllegalStateException("the value is longer than its hole");
        }
        var hex = value.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(hex, 0, bytes, begin + 1, hex.length);
        return DocumentBytes.owning(Arrays.copyOf(bytes, size));
    }

    /// What a forger's own range covers, so that the mathematics is right wherever it can be.
    private static Optional<byte[]> covered(byte[] bytes, String range) {
        var words = range.strip().split("\\s+", -1);
        if (words.length % 2 != 0 || !range.matches("[0-9 ]{1,50}")) {
            return Optional.empty();
        }
        var signed = new ByteArrayOutputStream();
        for (int i = 0; i < words.length; i += 2) {
            long from = Long.parseLong(words[i]);
            long length = Long.parseLong(words[i + 1]);
            if (from + length > bytes.length) {
                return Optional.empty();
            }
            signed.write(bytes, (int) from, (int) length);
        }
        return Optional.of(signed.toByteArray());
    }

    private static String padded(String range) {
        return range + " ".repeat(Math.max(0, RANGE.length() - range.length()));
    }
}

package org.yinzheng.testdata.corpus.pdf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yinzheng.signing.DocumentBytes;

/// An incremental update written by hand, as an attacker would: any object replaced by any text, with or without a
/// table that says so. Reads what it needs by searching the file, in documents that are not compressed.
public final class Update {
    /// How the update says what is in it.
    public enum Listing {
        TABLE,
        /// A cross-reference stream.
        STREAM,
        /// A cross-reference stream, and the objects themselves in an object stream.
        COMPRESSED,
        /// Objects and nothing else.
        NONE,
        /// Objects, a trailer, no table.
        TRAILER_ONLY
    }

    private final byte[] pdf;
    private final String text;
    private final Map<Long, String> objects = new TreeMap<>();
    private final Map<Long, Long> entries = new TreeMap<>();
    private String trailer = "";
    private long size;

    public Update(DocumentBytes pdf) {
        this.pdf = pdf.toByteArray();
        this.text = new String(this.pdf, StandardCharsets.ISO_8859_1);
        this.size = lastNumber("/Size\\s+(\\d+)");
    }

    public long root() {
        return lastNumber("/Root\\s+(\\d+) 0 R");
    }

    public long info() {
        return lastNumber("/Info\\s+(\\d+) 0 R");
    }

    /// The first page.
    public long page() {
        return referred(pages(), "Kids");
    }

    /// The root of the page tree.
    public long pages() {
        return referred(root(), "Pages");
    }

    public long form() {
        return referred(root(), "AcroForm");
    }

    /// What the key of the object refers to.
    public long referred(long number, String key) {
        var matcher = Pattern.compile("/" + key + "\\s*\\[?\\s*(\\d+) 0 R").matcher(body(number));
        if (!matcher.find()) {
            throw new IllegalStateException("object " + number + " has no " + key + ": " + body(number));
        }
        return Long.parseLong(matcher.group(1));
    }

    /// The object whose text holds `what`, the last of them.
    public long holding(String what) {
        int at = text.lastIndexOf(what);
        var header = text.lastIndexOf(" 0 obj", at);
        return Long.parseLong(
                text.substring(text.lastIndexOf('\n', header) + 1, header).strip());
    }

    /// The dictionary of the last signature.
    public long signature() {
        return holding("/ByteRange");
    }

    /// A number that is not in use.
    public long fresh() {
        return size++;
    }

    /// As it will be, or as it is in the file: the last one of this number.
    public String body(long number) {
        var planned = objects.get(number);
        if (planned != null) {
            return planned;
        }
        var matcher = Pattern.compile("(?:^|[\\r\\n])" + number + " 0 obj\\s*(.*?)\\s*endobj", Pattern.DOTALL)
                .matcher(text);
        var found = "";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    public Update put(long number, String body) {
        objects.put(number, body);
        return this;
    }

    /// @return the number of the new object
    public long add(String body) {
        var number = fresh();
        put(number, body);
        return number;
    }

    public static String stream(String entries, String content) {
        return "<<" + entries + "/Length " + content.length() + ">>\nstream\n" + content + "\nendstream";
    }

    public long addStream(String entries, String content) {
        return add(stream(entries, content));
    }

    public Update replace(long number, String what, String by) {
        var before = body(number);
        if (!before.contains(what)) {
            throw new IllegalStateException("object " + number + " has no " + what + ": " + before);
        }
        return put(number, before.replace(what, by));
    }

    /// Puts entries into a dictionary.
    public Update extend(long number, String entries) {
        var before = body(number);
        int open = before.indexOf("<<");
        return put(number, before.substring(0, open + 2) + entries + before.substring(open + 2));
    }

    /// A table entry without an object of this update.
    public Update pointTo(long number, long offset) {
        entries.put(number, offset);
        return this;
    }

    /// Entries of the trailer beside /Root, /Info, /Size and /Prev; one of these takes its place.
    public Update trailer(String more) {
        trailer = more;
        return this;
    }

    public long offsetOf(long number) {
        var matcher = Pattern.compile("(?:^|[\\r\\n])(" + number + " 0 obj)").matcher(text);
        long found = -1;
        while (matcher.find()) {
            found = matcher.start(1);
        }
        return found;
    }

    public DocumentBytes write() {
        return write(Listing.TABLE);
    }

    public DocumentBytes write(Listing listing) {
        var output = new ByteArrayOutputStream();
        output.writeBytes(pdf);
        if (pdf[pdf.length - 1] != '\n') {
            output.write('\n');
        }
        if (listing == Listing.COMPRESSED) {
            compressed(output);
        } else {
            objects.forEach((number, body) -> {
                entries.put(number, (long) output.size());
                put(output, number + " 0 obj\n" + body + "\nendobj\n");
            });
            switch (listing) {
                case TABLE -> table(output);
                case STREAM -> crossReferences(output, Map.of());
                case TRAILER_ONLY ->
                    put(output, "trailer\n<<" + trailerEntries() + ">>\nstartxref\n" + previous() + "\n%%EOF\n");
                default -> {}
            }
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private void table(ByteArrayOutputStream output) {
        long at = output.size();
        put(output, "xref\n");
        entries.forEach((number, offset) -> put(output, "%d 1\n%010d 00000 n \n".formatted(number, offset)));
        put(output, "trailer\n<<" + trailerEntries() + ">>\nstartxref\n" + at + "\n%%EOF\n");
    }

    private void compressed(ByteArrayOutputStream output) {
        var inside = new ArrayList<Long>();
        var header = new StringBuilder();
        var bodies = new StringBuilder();
        objects.forEach((number, body) -> {
            if (body.endsWith("endstream")) {
                entries.put(number, (long) output.size());
                put(output, number + " 0 obj\n" + body + "\nendobj\n");
            } else {
                inside.add(number);
                header.append(number).append(' ').append(bodies.length()).append(' ');
                bodies.append(body).append('\n');
            }
        });
        var container = fresh();
        entries.put(container, (long) output.size());
        var content =
                stream("/Type/ObjStm/N " + inside.size() + "/First " + header.length(), header.toString() + bodies);
        put(output, container + " 0 obj\n" + content + "\nendobj\n");
        var places = new TreeMap<Long, long[]>();
        for (int i = 0; i < inside.size(); i++) {
            places.put(inside.get(i), new long[] {container, i});
        }
        crossReferences(output, places);
    }

    /// @param inside number of the object stream and place in it
    private void crossReferences(ByteArrayOutputStream output, Map<Long, long[]> inside) {
        var own = fresh();
        long at = output.size();
        entries.put(own, at);
        var index = new StringBuilder();
        var rows = new ByteArrayOutputStream();
        entries.forEach((number, offset) -> {
            index.append(number).append(" 1 ");
            rows.writeBytes(row(1, offset, 0));
        });
        inside.forEach((number, place) -> {
            index.append(number).append(" 1 ");
            rows.writeBytes(row(2, place[0], place[1]));
        });
        var content = rows.toString(StandardCharsets.ISO_8859_1);
        var dictionary = "/Type/XRef/W[1 4 2]/Index[" + index.toString().strip() + "]" + trailerEntries();
        put(output, own + " 0 obj\n" + stream(dictionary, content) + "\nendobj\nstartxref\n" + at + "\n%%EOF\n");
    }

    private static byte[] row(int type, long one, long other) {
        return ByteBuffer.allocate(7)
                .put((byte) type)
                .putInt((int) one)
                .putShort((short) other)
                .array();
    }

    private String trailerEntries() {
        var usual = new StringBuilder();
        if (!trailer.contains("/Root")) {
            usual.append("/Root ").append(root()).append(" 0 R");
        }
        if (!trailer.contains("/Info") && text.contains("/Info ")) {
            usual.append("/Info ").append(info()).append(" 0 R");
        }
        if (!trailer.contains("/Prev")) {
            usual.append("/Prev ").append(previous());
        }
        return usual + "/Size " + size + trailer;
    }

    /// Where the last table is.
    public long previous() {
        return lastNumber("startxref\\s+(\\d+)");
    }

    private long lastNumber(String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        var found = "";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("the file has no " + pattern);
        }
        return Long.parseLong(found);
    }

    private static void put(ByteArrayOutputStream output, String latin) {
        output.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}

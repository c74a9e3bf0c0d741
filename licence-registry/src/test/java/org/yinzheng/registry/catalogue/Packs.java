package org.yinzheng.registry.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.SampleCatalogue;

/// The demonstration's packs, changed for a test, and what others read in the pages drawn from them.
final class Packs {
    private static final Pattern TEXT_CODE = Pattern.compile("<ofd:TextCode[^>]*>([^<]*)</ofd:TextCode>");

    private Packs() {}

    static String text(String file) {
        return Objects.requireNonNull(SampleCatalogue.files().get(file), file);
    }

    /// All files, one of them with `right` replaced by `wrong`.
    static Map<String, String> with(String file, String right, String wrong) {
        var files = new TreeMap<>(SampleCatalogue.files());
        if (!text(file).contains(right)) {
            throw new IllegalArgumentException(file + " does not hold " + right);
        }
        files.put(file, text(file).replace(right, wrong));
        return files;
    }

    static Path write(Path folder, Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        return folder;
    }

    /// What poppler reads, in the order in which it was drawn, without white space.
    static String textOfPdf(DocumentBytes pdf, Path folder) throws IOException, InterruptedException {
        var file = Files.write(folder.resolve("page.pdf"), pdf.toByteArray());
        var process = new ProcessBuilder("pdftotext", "-raw", "-enc", "UTF-8", file.toString(), "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pdftotext failed");
        }
        return plain(text);
    }

    /// The texts of an OFD's pages in their order, without white space.
    static String textOfOfd(DocumentBytes ofd) throws IOException {
        var pages = new TreeMap<String, String>();
        try (var zip = new ZipInputStream(ofd.stream())) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith("Content.xml")) {
                    pages.put(entry.getName(), new String(zip.readAllBytes(), UTF_8));
                }
            }
        }
        var texts = new ArrayList<String>();
        pages.values().forEach(page -> TEXT_CODE.matcher(page).results().forEach(found -> texts.add(found.group(1))));
        return plain(
                String.join("", texts).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }

    static String plain(String text) {
        return text.replaceAll("[\\s\\u3000\\f]", "");
    }
}

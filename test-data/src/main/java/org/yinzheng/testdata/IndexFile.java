package org.yinzheng.testdata;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.yinzheng.signing.DocumentBytes;

/// The stock's index as a table of texts, and as the two files that offices exchange.
final class IndexFile {
    private static final List<String> COMMON = List.of("证照类型", "证照编号", "持证主体", "持证主体代码", "有效期起", "有效期止", "扫描件");

    private static final LocalDateTime MADE = LocalDateTime.of(2026, 1, 1, 8, 0, 1);

    private IndexFile() {}

    /// The header and a line for each row; a field that the row's type does not have is empty.
    static List<List<String>> table(List<StockRow> rows) {
        Set<String> own = new LinkedHashSet<>();
        rows.forEach(row -> own.addAll(row.data().keySet()));
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(COMMON);
        header.addAll(own);
        table.add(header);
        for (StockRow row : rows) {
            List<String> line = new ArrayList<>(List.of(
                    row.type(),
                    row.number(),
                    row.holder(),
                    row.holderCode(),
                    row.from().toString(),
                    row.until().map(Object::toString).orElse(""),
                    row.scan()));
            own.forEach(field -> line.add(row.data().getOrDefault(field, "")));
            table.add(line);
        }
        return table;
    }

    /// RFC 4180, UTF-8 with the byte order mark that Excel wants.
    static DocumentBytes csv(List<List<String>> table) {
        String lines = table.stream()
                .map(line -> line.stream().map(IndexFile::quoted).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
        return DocumentBytes.owning(("\uFEFF" + lines).getBytes(StandardCharsets.UTF_8));
    }

    static DocumentBytes xlsx(List<List<String>> table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Yinzheng", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("存量证照");
            for (int row = 0; row < table.size(); row++) {
                for (int column = 0; column < table.get(row).size(); column++) {
                    sheet.value(row, column, table.get(row).get(column));
                }
            }
            sheet.range(0, 0, 0, table.getFirst().size() - 1).style().bold().set();
            sheet.freezePane(0, 1);
        }
        return withoutTheHour(bytes.toByteArray());
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /// The library writes down when the file was made; the same rows are to give the same bytes. Read as a file:
    /// its entries do not tell a stream how long they are.
    private static DocumentBytes withoutTheHour(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("index", ".xlsx");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Files.write(file, workbook);
        try (ZipFile in = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("docProps/core.xml")) {
                    content = new String(content, StandardCharsets.UTF_8)
                            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z?", MADE + "Z")
                            .getBytes(StandardCharsets.UTF_8);
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(MADE);
                out.putNextEntry(copy);
                out.write(content);
            }
        } finally {
            Files.delete(file);
        }
        return DocumentBytes.owning(bytes.toByteArray());
    }
}

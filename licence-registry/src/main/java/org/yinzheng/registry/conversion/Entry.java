package org.yinzheng.registry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.conversion.index.Cell;
import org.yinzheng.registry.conversion.index.SourceRow;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.licence.CanonicalJson;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.signing.Digest;

/// A row whose every cell makes sense. Its scan has not been looked at yet.
record Entry(
        long row,
        LicenceType type,
        LicenceNumber number,
        Holder holder,
        LocalDate from,
        Optional<LocalDate> until,
        JsonNode data,
        String scanName) {

    /// What the row says, however it is written: equal for equal licences from equal scans, in CSV and in XLSX.
    byte[] content(Digest scan) {
        return joined(List.of(
                "yinzheng-entry 1",
                type.code(),
                number.value(),
                holder.id().value(),
                holder.name(),
                from.toString(),
                until.map(LocalDate::toString).orElse(""),
                new String(CanonicalJson.bytes(data), UTF_8),
                scan.hex()));
    }

    IssueRequest request(Digest item, Provenance provenance) {
        return new IssueRequest(
                "convert-" + item.hex(),
                type.code(),
                Optional.of(number),
                holder,
                data,
                from,
                until,
                Optional.of(provenance));
    }

    /// The name of a row that could not be understood.
    static byte[] content(SourceRow row) {
        return joined(row.cells().stream().map(Cell::text).toList());
    }

    /// Texts with their lengths, so that no two lists give the same bytes.
    private static byte[] joined(List<String> texts) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var text : texts) {
                var utf8 = text.getBytes(UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return "Entry[row " + row + ", " + type + "]";
    }
}

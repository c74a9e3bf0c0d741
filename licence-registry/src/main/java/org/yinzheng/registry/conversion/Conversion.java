package org.yinzheng.registry.conversion;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licences;

/// Converts a stock of paper licences.
public final class Conversion {
    private final Catalogue catalogue;
    private final Issuance issuance;
    private final Licences licences;
    private final Ledger ledger;
    private final ConversionOptions options;

    public Conversion(
            Catalogue catalogue, Issuance issuance, Licences licences, Ledger ledger, ConversionOptions options) {
        this.catalogue = catalogue;
        this.issuance = issuance;
        this.licences = licences;
        this.ledger = ledger;
        this.options = options;
    }

    /// Converts what has not been converted yet. Run again after a crash or a stop: it goes on where that left off.
    ///
    /// @param index CSV (UTF-8 or GB18030) or XLSX, one row a licence
    /// @param scans the folder that the index names files of
    /// @param output where `accepted.csv`, `rejected.csv` and `converted/` go
    /// @throws org.yinzheng.signing.InvalidInput when the index as a whole cannot be used; nothing has been done
    /// @throws org.yinzheng.signing.Failure.NotDone when not even the index or the ledger could be opened
    @SuppressWarnings("DoNotCallSuggester") // the public shape first; the ceremony follows
    public BatchReport run(Path index, Path scans, Path output, Actor operator, ProgressListener listener) {
        Objects.requireNonNull(List.of(catalogue, issuance, licences, ledger, options));
        throw new UnsupportedOperationException("conversion is not there yet");
    }
}

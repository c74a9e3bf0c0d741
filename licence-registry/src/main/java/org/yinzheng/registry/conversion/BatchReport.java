package org.yinzheng.registry.conversion;

import java.nio.file.Path;
import java.util.Optional;

/// How a run ended. `rows = accepted + alreadyConverted + rejected + left`.
///
/// @param batch the batch's name: the same index is the same batch, however often it is run
/// @param rows in the index
/// @param accepted licences made in this run
/// @param alreadyConverted rows that had their licence before this run
/// @param rejected rows with a reason
/// @param left rows without an answer yet: another run of the same index goes on with them
/// @param stopped why the run ended before the last row; absent when it did not
/// @param acceptedFile `accepted.csv`
/// @param rejectedFile `rejected.csv`
public record BatchReport(
        String batch,
        long rows,
        long accepted,
        long alreadyConverted,
        long rejected,
        long left,
        Optional<String> stopped,
        Path acceptedFile,
        Path rejectedFile) {
    /// Every row has a licence or a reason.
    public boolean complete() {
        return left == 0;
    }
}

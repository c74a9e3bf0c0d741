package org.yinzheng.registry.conversion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.conversion.index.Columns;
import org.yinzheng.registry.conversion.index.Index;
import org.yinzheng.registry.conversion.index.IndexRows;
import org.yinzheng.registry.conversion.index.SourceRow;
import org.yinzheng.registry.conversion.scan.Scan;
import org.yinzheng.registry.conversion.scan.ScanFolder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.SelfCheckFailed;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Converts a stock of paper licences. [Run#convert(List)] is the whole ceremony.
public final class Conversion {
    /// Rows between two commits. Memory is bounded by it; so is what a crash makes a run look at twice.
    private static final int CHUNK = 32;

    /// One licence that fails our own verification is a riddle; this many are a wrong key.
    private static final int MOST_UNVERIFIED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);

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
    /// @param index CSV (UTF-8 or GB 18030) or XLSX, one row a licence
    /// @param scans the folder that the index names files of
    /// @param output where `accepted.csv`, `rejected.csv` and `converted/` go
    /// @throws InvalidInput when the index as a whole cannot be used; nothing has been done
    /// @throws Failure.NotDone when not even the index, the ledger or the output folder could be opened
    public BatchReport run(Path index, Path scans, Path output, Actor operator, ProgressListener listener) {
        var opened = Index.open(index, catalogue);
        var folder = new ScanFolder(scans);
        var patience = new Patience(options.patience());
        var batch = patience.insist(() -> ledger.open(opened.digest(), operator));
        try (var files = ResultFiles.open(output);
                var rows = opened.rows();
                var workers = new Workers(options.workers())) {
            var run = new Run(opened, folder, output, batch, operator, listener, patience, files, workers);
            return run.all(rows);
        }
    }

    /// What is known of a row so far.
    private sealed interface Row {
        long number();

        record Ready(long number, Entry entry, Digest item, Digest scan) implements Row {}

        record Refused(long number, Digest item, Rejection rejection) implements Row {}

        record Licensed(long number, LicenceId licence, boolean before) implements Row {}

        /// Without an answer: something is away.
        record Left(long number) implements Row {}
    }

    private final class Run {
        private final Index index;
        private final RowCheck check;
        private final ScanFolder scans;
        private final Optional<Export> export;
        private final String batch;
        private final Actor operator;
        private final ProgressListener listener;
        private final Patience patience;
        private final ResultFiles files;
        private final Workers workers;
        private final AtomicInteger unverified = new AtomicInteger();
        private long accepted;
        private long before;
        private long rejected;

        Run(
                Index index,
                ScanFolder scans,
                Path output,
                String batch,
                Actor operator,
                ProgressListener listener,
                Patience patience,
                ResultFiles files,
                Workers workers) {
            this.index = index;
            this.check = new RowCheck(catalogue, index.columns());
            this.scans = scans;
            this.export = options.export()
                    ? Optional.of(new Export(licences, output.resolve("converted")))
                    : Optional.empty();
            this.batch = batch;
            this.operator = operator;
            this.listener = listener;
            this.patience = patience;
            this.files = files;
            this.workers = workers;
        }

        BatchReport all(IndexRows rows) {
            Optional<String> stopped = Optional.empty();
            try {
                progress();
                for (var chunk = chunk(rows); !chunk.isEmpty(); chunk = chunk(rows)) {
                    convert(chunk);
                    progress();
                }
                if (unverified.get() > 0) {
                    throw new Failure.NotDone("some licences did not verify: see the log", null);
                }
                patience.insist(() -> {
                    ledger.finish(batch);
                    return batch;
                });
            } catch (Failure away) {
                stopped = Optional.of(away.getMessage() + "; run the same index again to go on");
            }
            files.publish();
            long left = index.size() - accepted - before - rejected;
            return new BatchReport(
                    batch,
                    index.size(),
                    accepted,
                    before,
                    rejected,
                    left,
                    stopped,
                    files.acceptedFile(),
                    files.rejectedFile());
        }

        /// The ceremony: recall → check → claim → issue → record.
        private void convert(List<SourceRow> rows) {
            // Recall. A row that an earlier run gave its licence is done; one that it claimed has been checked.
            var known = patience.insist(() ->
                    ledger.known(batch, rows.getFirst().number(), rows.getLast().number()));

            // Check cells and scans. Nothing is recorded: a crash loses the work and no more.
            List<Row> checked = workers.all(rows, row -> checked(row, known.get(row.number())));

            // Claim numbers (commit), in the order of the rows. A crash leaves claims; the next run finds them, and
            // goes straight to issuing. Of two rows with one number the first has it, in this run and in the next.
            var claimed = claimed(checked);

            // Issue. The key comes from the content: after a crash the same key leads to the same licence, whether
            // it had been made or not.
            List<Row> answered = workers.all(claimed, this::issued);

            // Record the answers (commit). A crash before it leaves claims whose licences exist; see above.
            patience.insist(() -> {
                ledger.record(batch, answers(answered));
                return batch;
            });

            // Tell. The files are put in place at the end of the run, and made anew by the next.
            answered.forEach(this::tell);
            patience.exhausted().ifPresent(failure -> {
                throw failure;
            });
            if (unverified.get() > MOST_UNVERIFIED) {
                throw new Failure.NotDone("what is stamped does not verify: see the log", null);
            }
        }

        private Row checked(SourceRow row, Ledger.@Nullable Known known) {
            try {
                if (known instanceof Ledger.Converted(var licence)) {
                    return export(new Row.Licensed(row.number(), licence, true));
                }
                var entry = check.entry(row);
                var scan = known instanceof Ledger.Claimed(var seen) ? seen : scan(entry);
                return new Row.Ready(row.number(), entry, ledger.itemKey(entry.content(scan)), scan);
            } catch (RowRejected because) {
                return new Row.Refused(row.number(), ledger.itemKey(Entry.content(row)), because.rejection());
            } catch (Failure away) {
                return new Row.Left(row.number());
            }
        }

        private Digest scan(Entry entry) {
            return switch (patience.insist(() -> scans.look(entry.scanName()))) {
                case Scan.Usable(var digest) -> digest;
                case Scan.Refused(var fault) -> throw RowRejected.of(fault);
            };
        }

        private List<Row> claimed(List<Row> rows) {
            var claimants = new ArrayList<Ledger.Claimant>();
            for (var row : rows) {
                if (row instanceof Row.Ready(var number, var entry, var item, var scan)) {
                    claimants.add(new Ledger.Claimant(number, item, entry.type().code(), entry.number(), scan));
                }
            }
            var granted = patience.insist(() -> ledger.claim(batch, claimants));
            return rows.stream()
                    .map(row -> row instanceof Row.Ready ready && !granted.contains(ready.number())
                            ? refused(ready, new Rejection(Columns.NUMBER, RejectionReason.DUPLICATE))
                            : row)
                    .toList();
        }

        private Row issued(Row row) {
            if (!(row instanceof Row.Ready ready) || patience.exhausted().isPresent()) {
                return row instanceof Row.Ready ? new Row.Left(row.number()) : row;
            }
            try {
                return patience.insist(() -> stamped(ready));
            } catch (SelfCheckFailed e) {
                // our fault and not the row's: it has no answer, the others go on, and the log is loud
                LOG.error("row {} of {} has no licence", ready.number(), batch, e);
                unverified.incrementAndGet();
                return new Row.Left(ready.number());
            } catch (InvalidInput e) {
                return refused(ready, RowRejected.of(ready.entry().type(), e).rejection());
            } catch (Failure away) {
                return new Row.Left(ready.number());
            }
        }

        /// A seal that may not be used now is no fault of the row: the run stops, and goes on another day.
        private Row stamped(Row.Ready ready) {
            try {
                return issue(ready);
            } catch (InvalidInput refused) {
                if (Refusal.passes(refused)) {
                    throw new Failure.NotDone(String.valueOf(refused.getMessage()), refused);
                }
                throw refused;
            }
        }

        private Row issue(Row.Ready ready) {
            var provenance = new Provenance(ready.scan(), batch, operator.subject());
            return switch (issuance.issue(ready.entry().request(ready.item(), provenance), operator)) {
                case IssueResult.Issued(var licence) -> export(new Row.Licensed(ready.number(), licence.id(), false));
                case IssueResult.AlreadyIssued(var licence) ->
                    export(new Row.Licensed(ready.number(), licence.id(), true));
                case IssueResult.NumberTaken() ->
                    refused(ready, new Rejection(Columns.NUMBER, RejectionReason.NUMBER_TAKEN));
                case IssueResult.KeyReused() -> refused(ready, new Rejection("", RejectionReason.KEY_TAKEN));
                case IssueResult.InProgress() ->
                    throw new Failure.NotDone("another run is issuing the same licence", null);
                case IssueResult.NotReplaceable(var standing) ->
                    throw new IllegalStateException("a converted licence replaces none");
                case IssueResult.PartNotInForce(var part, var standing) ->
                    throw new IllegalStateException("a converted licence binds none");
                case IssueResult.Overtaken() -> throw new IllegalStateException("a converted licence replaces none");
            };
        }

        private Row.Licensed export(Row.Licensed row) {
            export.ifPresent(to -> to.write(row.licence()));
            return row;
        }

        private static Row.Refused refused(Row.Ready ready, Rejection rejection) {
            return new Row.Refused(ready.number(), ready.item(), rejection);
        }

        private static List<Ledger.Answer> answers(List<Row> rows) {
            var answers = new ArrayList<Ledger.Answer>();
            for (var row : rows) {
                switch (row) {
                    case Row.Licensed(var number, var licence, var earlier) ->
                        answers.add(new Ledger.Accepted(number, licence));
                    case Row.Refused(var number, var item, var rejection) ->
                        answers.add(new Ledger.Rejected(number, item, rejection.reason()));
                    case Row.Ready ready -> throw new IllegalStateException("a row was not issued: " + ready.number());
                    case Row.Left left -> {}
                }
            }
            return answers;
        }

        private void tell(Row row) {
            switch (row) {
                case Row.Licensed(var number, var licence, var earlier) -> {
                    if (earlier) {
                        before++;
                    } else {
                        accepted++;
                    }
                    files.accepted(number, typeName(licence), licence);
                }
                case Row.Refused(var number, var item, var rejection) -> {
                    rejected++;
                    files.rejected(number, rejection);
                }
                case Row.Ready ready -> throw new IllegalStateException("a row was not issued: " + ready.number());
                case Row.Left left -> {}
            }
        }

        private String typeName(LicenceId licence) {
            return catalogue.find(licence.typeCode()).map(type -> type.nameZh()).orElse(licence.typeCode());
        }

        private void progress() {
            listener.progress(accepted + before + rejected, index.size(), accepted + before, rejected);
        }

        private static List<SourceRow> chunk(IndexRows rows) {
            var chunk = new ArrayList<SourceRow>();
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                chunk.add(row.get());
                if (chunk.size() == CHUNK) {
                    break;
                }
            }
            return chunk;
        }
    }
}

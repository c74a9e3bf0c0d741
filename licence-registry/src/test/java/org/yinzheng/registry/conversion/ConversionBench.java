package org.yinzheng.registry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.ConversionLedger;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.registry.postgres.TestPostgres;

/// Conversions into a database of their own, with the keys, seals and store of the tests' installation.
final class ConversionBench implements AutoCloseable {
    static final Actor OPERATOR = new Actor("operator-7", "converter");

    final Database database;
    final PostgresLicences licences;
    private final TestInstallation here;

    ConversionBench(TestInstallation here, Database database) {
        this.here = here;
        this.database = database;
        this.licences = new PostgresLicences(database, here.vault, here.documents, here.clock);
    }

    Conversion conversion() {
        return conversion(here.office, here.press, Duration.ofSeconds(20));
    }

    Conversion conversion(IssuingOffice office, Press press, Duration patience) {
        var intents = new PostgresIntents(database, here.vault, here.clock);
        return new Conversion(
                here.catalogue,
                new Issuance(here.catalogue, intents, here.documents, office, press, here.clock),
                licences,
                new ConversionLedger(database, here.vault, here.clock),
                new ConversionOptions(3, true, patience));
    }

    BatchReport run(Path index, Path scans, Path output) {
        return conversion().run(index, scans, output, OPERATOR, (done, total, accepted, rejected) -> {});
    }

    long count(String from) {
        return TestPostgres.count(database, "SELECT count(*) FROM " + from);
    }

    /// The lines of a result file as their cells; nothing that we write in them has a comma or a quote before the
    /// last two columns.
    static List<List<String>> lines(Path file) {
        try {
            var lines = new ArrayList<List<String>>();
            for (var line :
                    Files.readString(file, UTF_8).substring(1).lines().skip(1).toList()) {
                lines.add(List.of(line.split(",", -1)));
            }
            return lines;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}

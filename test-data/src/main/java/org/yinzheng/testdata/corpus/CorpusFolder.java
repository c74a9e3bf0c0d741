package org.yinzheng.testdata.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.verdict.Reason;

/// Writes the corpus as files, with those whom it believes and what is expected of each, for use with other programs.
public final class CorpusFolder {
    private final Path folder;

    public CorpusFolder(Path folder) {
        this.folder = folder;
    }

    /// @param listener told of each specimen that was written
    public void write(Corpus corpus, List<Specimen> specimens, Consumer<Specimen> listener) throws IOException {
        trust(corpus.authority());
        for (var specimen : specimens) {
            Files.write(
                    Files.createDirectories(folder.resolve(place(specimen))).resolve(file(specimen)),
                    specimen.document().get().toByteArray());
            if (specimen.original().isPresent()) {
                var original = specimen.original().get();
                write(
                        folder.resolve(place(specimen)).resolve(specimen.name() + "-" + original.name()),
                        original.document().get());
            }
            listener.accept(specimen);
        }
        Files.writeString(folder.resolve("README.md"), readme(specimens));
    }

    private void trust(CorpusAuthority authority) throws IOException {
        var trust = authority.trust();
        certificates("trust", trust.anchors());
        certificates("trust/seal-makers", trust.sealMakers());
        var lists = Files.createDirectories(folder.resolve("trust/crls"));
        int number = 1;
        for (X509CRL list : trust.crls()) {
            Files.write(lists.resolve(number++ + ".crl"), Certificates.der(list));
        }
    }

    private void certificates(String name, Collection<X509Certificate> certificates) throws IOException {
        var place = Files.createDirectories(folder.resolve(name));
        int number = 1;
        for (var certificate : certificates) {
            var lines = Base64.getMimeEncoder().encodeToString(Certificates.der(certificate));
            Files.writeString(
                    place.resolve(number++ + ".crt"),
                    "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
        }
    }

    private static void write(Path file, DocumentBytes bytes) throws IOException {
        Files.write(file, bytes.toByteArray());
    }

    private static String place(Specimen specimen) {
        return specimen.format().toLowerCase(Locale.ROOT) + "/"
                + specimen.attackClass().toLowerCase(Locale.ROOT);
    }

    static String file(Specimen specimen) {
        var extension =
                specimen.format().equals("CMS") ? "p7s" : specimen.format().toLowerCase(Locale.ROOT);
        return specimen.name() + "." + extension;
    }

    private static String readme(List<Specimen> specimens) {
        var text = new StringBuilder("""
                # Specimens for verifiers of signed documents

                Made by `yinzheng selftest --write`, with keys that were in memory only: nothing here is worth anything.
                `trust/` holds the certificates to believe (PEM), the seal makers and the revocation lists:

                    yinzheng verify --trust trust --at TIME FILE

                with the time of the table. An attack passes when *at least* its reasons are given; a good document when
                *exactly* its reasons are.

                | file | class | how it was made | expected | integrity | reasons | judged at |
                |---|---|---|---|---|---|---|
                """);
        for (var specimen : specimens) {
            var expected = specimen.expected();
            text.append("| ")
                    .append(String.join(
                            " | ",
                            place(specimen) + "/" + file(specimen),
                            specimen.attackClass(),
                            specimen.made(),
                            expected.indication().wireName(),
                            expected.integrity().name(),
                            String.join(
                                    ", ",
                                    new TreeSet<>(expected.reasons().stream()
                                            .map(Reason::name)
                                            .toList())),
                            specimen.at().toString()))
                    .append(" |\n");
        }
        return text.toString();
    }
}

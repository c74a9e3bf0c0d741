package org.yinzheng.signing.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.jose.JwsVerifier;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.trustlist.TrustListStore;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verification.DocumentVerifier;

/// 证据包: a document, the certificates, revocation data and timestamps that its judgement rested on, the report, and
/// when there are any a receipt, the trust lists and what else belongs to it, in a ZIP whose manifest has the digest
/// of each.
public final class EvidenceBundle {
    /// The `typ` of a receipt's header.
    public static final String RECEIPT_TYPE = "yinzheng-receipt+jwt";

    private static final String RECEIPT = "receipt.jws";
    private static final String ATTACHMENTS = "attachments/";

    private final Map<String, DocumentBytes> contents;
    private final Manifest manifest;

    private EvidenceBundle(Map<String, DocumentBytes> contents) {
        this.contents = contents;
        var json = contents.get(Manifest.FILE);
        if (json == null) {
            throw malformed("it has no manifest");
        }
        manifest = Manifest.read(json);
    }

    /// What goes into a bundle beside what the judgement rests on.
    ///
    /// @param name of the document's file
    /// @param reportJson as it was answered
    /// @param receipt the JWS, when one was given
    /// @param lists trust lists that took part
    /// @param attachments what else belongs to the document, by file name; judged by whoever knows what it means
    public record Enclosed(
            String name,
            DocumentBytes document,
            String reportJson,
            Optional<String> receipt,
            List<TrustListStore.Stored> lists,
            Map<String, DocumentBytes> attachments) {
        public Enclosed {
            lists = List.copyOf(lists);
            attachments = Collections.unmodifiableMap(new TreeMap<>(attachments));
        }
    }

    /// Judges the document once more, to see on what the judgement rests, and writes all of it.
    ///
    /// @param trust as it was judged by; what was fetched is had from its cache
    /// @param at the validation time of the report
    /// @param timestamps seals the manifest; without it nothing proves later when the bundle was made
    /// @throws org.yinzheng.signing.Failure.NotDone when the timestamp authority is away
    public static void write(
            OutputStream out, Enclosed enclosed, Trust trust, Instant at, Optional<TimestampSource> timestamps)
            throws IOException {
        var collected = new Collected();
        var report = new DocumentVerifier(trust.with(collected)).verify(enclosed.document(), at);
        enclosed.receipt().ifPresent(jws -> new JwsVerifier(trust.with(collected)).verify(text(jws), at));
        var files = new LinkedHashMap<String, DocumentBytes>();
        var document = "document." + extension(report.format());
        files.put(document, enclosed.document());
        files.put("report.json", text(enclosed.reportJson()));
        enclosed.receipt().ifPresent(receipt -> files.put(RECEIPT, text(receipt)));
        number(files, "certificates", "crt", collected.certificates);
        number(
                files,
                "anchors",
                "crt",
                trust.anchors().stream()
                        .map(one -> DocumentBytes.of(Certificates.der(one)))
                        .filter(collected.certificates::contains)
                        .toList());
        number(files, "crls", "crl", collected.crls);
        number(files, "ocsps", "ocsp", collected.ocsps);
        number(files, "timestamps", "tst", collected.timestamps);
        number(
                files,
                "trust-lists",
                "jws",
                enclosed.lists().stream().map(one -> text(one.compact())).toList());
        number(
                files,
                "trust-lists",
                "pem",
                enclosed.lists().stream().map(one -> text(one.signer().pem())).toList());
        enclosed.attachments().forEach((name, bytes) -> files.put(ATTACHMENTS + name, bytes));

        var entries = files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> Manifest.Entry.of(file.getValue())));
        var json = new Manifest(enclosed.name(), document, at, entries).json(collected.beliefs);
        var all = new LinkedHashMap<String, DocumentBytes>();
        all.put(Manifest.FILE, json);
        if (timestamps.isPresent()) {
            all.put(Manifest.TIMESTAMP, timestamps.get().tokenOver(digest(json), Suite.RSA_SHA256));
        }
        all.putAll(files);
        BundleFile.write(out, all, at);
    }

    /// @throws InvalidInput `bundle-form`
    /// @throws org.yinzheng.signing.Failure.NotDone when the file cannot be read
    public static EvidenceBundle read(Path file) {
        return new EvidenceBundle(BundleFile.read(file));
    }

    public String name() {
        return manifest.name();
    }

    public DocumentBytes document() {
        return content(manifest.document());
    }

    /// As it was answered then. Nobody signed it: the document is judged again.
    public String report() {
        return new String(content("report.json").toByteArray(), StandardCharsets.UTF_8);
    }

    /// Whether it is what was put in, [#verify] says.
    public Optional<DocumentBytes> attachment(String name) {
        return Optional.ofNullable(contents.get(ATTACHMENTS + name));
    }

    /// When it was judged, by the bundle's own word.
    public Instant at() {
        return manifest.at();
    }

    /// The anchors that were believed then. They are shown; who wants to believe them says so.
    public Set<X509Certificate> anchors() {
        return Set.copyOf(certificates("anchors/"));
    }

    /// Judges the document again, without a network: by the bundle's revocation data, for the time at which the bundle
    /// is proven to have existed, and trusting nobody but whom the operator trusts now. What the operator knows
    /// today
    /// counts too: a revocation that was entered later for an earlier time is found.
    public BundleVerdict verify(Trust operator, Instant now) {
        var altered = manifest.differences(contents);
        if (!altered.isEmpty()) {
            return new BundleVerdict.Altered(altered);
        }
        var trust = operator.with(RevocationSource.NONE)
                .with(RevocationData.read(all("crls/"), all("ocsps/")))
                .withCertificates(certificates("certificates/"));
        var timestamp = timestamp(trust, now);
        var proven = timestamp.proven();
        var report = new DocumentVerifier(trust).verify(document(), proven.orElse(now));
        return new BundleVerdict.Judged(report, proven, timestamp.checks(), receipt(trust, proven.orElse(now)));
    }

    private List<Check> receipt(Trust trust, Instant latest) {
        var jws = contents.get(RECEIPT);
        var document = manifest.files().get(manifest.document());
        return jws == null || document == null ? List.of() : new EnclosedReceipt(jws).judge(document, trust, latest);
    }

    private record Sealing(Optional<Instant> proven, List<Check> checks) {}

    /// Its authority cannot be asked any more whether it was revoked since, and need not be: a token proves its time
    /// while the authority's certificate has not ended and nobody knows of a revocation.
    private Sealing timestamp(Trust trust, Instant now) {
        var der = contents.get(Manifest.TIMESTAMP);
        if (der == null) {
            return new Sealing(Optional.empty(), List.of());
        }
        try {
            var token = TimestampToken.parse(der);
            var result = token.judge(SignedBytes.of(content(Manifest.FILE)), List.of(), trust, Optional.empty(), now);
            boolean proves = result instanceof TimestampResult.Proven
                    || result.checks().stream()
                            .flatMap(check -> check.reason().stream())
                            .allMatch(Gap.TRY_LATER::equals);
            return new Sealing(proves ? Optional.of(token.time()) : Optional.empty(), result.checks());
        } catch (InvalidInput e) {
            return new Sealing(
                    Optional.empty(),
                    List.of(Check.failed(
                            "timestamp-structure", "no timestamp token", "RFC 3161 §2.4.2", Flaw.TIMESTAMP_INVALID)));
        }
    }

    private List<X509Certificate> certificates(String folder) {
        var certificates = new ArrayList<X509Certificate>();
        for (var der : all(folder)) {
            certificates.add(Certificates.parse(der));
        }
        return certificates;
    }

    private List<byte[]> all(String folder) {
        return contents.entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder))
                .map(file -> file.getValue().toByteArray())
                .toList();
    }

    private DocumentBytes content(String path) {
        var bytes = contents.get(path);
        if (bytes == null) {
            throw malformed(path + " is missing");
        }
        return bytes;
    }

    private static void number(
            Map<String, DocumentBytes> files, String folder, String extension, Collection<DocumentBytes> contents) {
        int count = 0;
        for (var one : contents) {
            files.put("%s/%03d.%s".formatted(folder, ++count, extension), one);
        }
    }

    private static String extension(String format) {
        return switch (format) {
            case "PDF", "OFD", "XML" -> format.toLowerCase(java.util.Locale.ROOT);
            case "JWS" -> "jws";
            case "CMS" -> "p7s";
            default -> "bin";
        };
    }

    private static DocumentBytes digest(DocumentBytes bytes) {
        return DocumentBytes.owning(
                Cryptography.digest(Suite.RSA_SHA256.digestName()).digest(bytes.toByteArray()));
    }

    private static DocumentBytes text(String text) {
        return DocumentBytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    static InvalidInput malformed(String why) {
        return new InvalidInput("bundle-form", "", "not an evidence bundle: " + why);
    }
}

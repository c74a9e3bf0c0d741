package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The operator's folder of [Trust], read again when something in it has changed: revocation lists are renewed while a
/// service runs. A folder that has become unreadable stays as it was last good, until it is mended.
public final class TrustFolder implements Supplier<Trust> {
    private static final System.Logger LOG = System.getLogger(TrustFolder.class.getName());
    private static final String CERTIFICATES = "*.{crt,cer,pem,der}";
    private static final String CRLS = "*.{crl,pem,der}";
    private static final String OCSPS = "*.{ocsp,der}";
    private static final String KEY_SETS = "*.jwks";

    private static final List<String> PLACES = List.of("", "seal-makers", "crls", "ocsps", "signers");

    private final Path dir;
    private Map<Path, State> seen;
    private Trust trust;

    private record State(FileTime changed, long size) {}

    /// @throws InvalidInput as [Trust#load]
    public TrustFolder(Path dir) {
        this.dir = dir;
        seen = state();
        trust = read(dir);
    }

    @Override
    public synchronized Trust get() {
        var now = state();
        if (!now.equals(seen)) {
            seen = now;
            try {
                trust = read(dir);
            } catch (InvalidInput | Failure.NotDone e) {
                LOG.log(System.Logger.Level.WARNING, "the trust folder stays as it was: {0}", e.getMessage());
            }
        }
        return trust;
    }

    static Trust read(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new InvalidInput("trust-folder", "", "the folder of trust anchors does not exist");
        }
        var crls = new ArrayList<X509CRL>();
        for (var file : contents(dir.resolve("crls"), CRLS)) {
            crls.add(Certificates.parseCrl(file));
        }
        var ocsps = new ArrayList<OcspResponse>();
        for (var file : contents(dir.resolve("ocsps"), OCSPS)) {
            ocsps.add(OcspResponse.parse(file));
        }
        return new Trust(certificates(dir), certificates(dir.resolve("seal-makers")), crls)
                .with(new RevocationData(List.of(), ocsps))
                .with(new KnownSigners(
                        certificates(dir.resolve("signers")),
                        contents(dir, KEY_SETS).stream().map(DocumentBytes::of).toList()));
    }

    /// Adds signers to a folder, each under its own digest: those of former times stay, for what they signed.
    public static void add(Path dir, KnownSigners signers) {
        var certificates = CertificateFolder.at(dir.resolve("signers"));
        signers.certificates().forEach(one -> certificates.put(shortDigest(Certificates.der(one)), one));
        var folder = CertificateFolder.at(dir);
        signers.keySets().forEach(keys -> folder.putKeys(shortDigest(keys.toByteArray()), keys));
    }

    private static String shortDigest(byte[] content) {
        return Digest.sha256(content).hex().substring(0, 16);
    }

    private static Set<X509Certificate> certificates(Path dir) {
        var certificates = new LinkedHashSet<X509Certificate>();
        for (var file : contents(dir, CERTIFICATES)) {
            certificates.addAll(Certificates.parseAll(file));
        }
        return certificates;
    }

    private static List<byte[]> contents(Path dir, String pattern) {
        try {
            var contents = new ArrayList<byte[]>();
            for (var file : files(dir, pattern)) {
                contents.add(Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Map<Path, State> state() {
        try {
            var state = new TreeMap<Path, State>();
            for (var place : PLACES) {
                for (var file : files(dir.resolve(place), "*.{crt,cer,pem,der,crl,ocsp,jwks}")) {
                    try {
                        state.put(file, new State(Files.getLastModifiedTime(file), Files.size(file)));
                    } catch (NoSuchFileException e) {
                        // taken away while we looked
                    }
                }
            }
            return state;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static List<Path> files(Path dir, String pattern) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, pattern)) {
            var files = new ArrayList<Path>();
            found.forEach(files::add);
            return files;
        }
    }

    private static Failure unreadable(IOException e) {
        return new Failure.NotDone("the trust folder cannot be read: check its permissions", e);
    }
}

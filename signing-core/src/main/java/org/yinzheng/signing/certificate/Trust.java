package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.policy.AlgorithmPolicy;

/// Whom we believe. It comes from the operator, never from the document that is judged.
///
/// @param anchors certificates at which a path may end; an issuing authority may stand here beside its root,
/// for documents (stamps) that carry the signer's certificate only
/// @param sealMakers who may make seals; such a certificate must lead to an anchor as well
/// @param crls revocation lists, in any order; each counts only when its issuer's signature verifies
/// @param policy until when algorithms and keys prove anything
public record Trust(
        Set<X509Certificate> anchors, Set<X509Certificate> sealMakers, List<X509CRL> crls, AlgorithmPolicy policy) {
    public static final Trust NONE = new Trust(Set.of(), Set.of(), List.of());

    public Trust {
        anchors = Set.copyOf(anchors);
        sealMakers = Set.copyOf(sealMakers);
        crls = List.copyOf(crls);
    }

    /// Under the policy that comes with the program.
    public Trust(Set<X509Certificate> anchors, Set<X509Certificate> sealMakers, List<X509CRL> crls) {
        this(anchors, sealMakers, crls, AlgorithmPolicy.standard());
    }

    public Trust withPolicy(AlgorithmPolicy other) {
        return new Trust(anchors, sealMakers, crls, other);
    }

    /// Reads `*.crt`, `*.cer`, `*.pem`, `*.der` of the folder as anchors, those of its `seal-makers` folder as
    /// seal makers, and every `*.crl`, `*.pem`, `*.der` of its `crls` folder as revocation lists.
    ///
    /// @throws InvalidInput when the folder is not there or a file in it is not what its place says
    public static Trust load(Path dir) {
        if (!Files.isDirectory(dir)) {
            throw new InvalidInput("trust-folder", "", "the folder of trust anchors does not exist");
        }
        var crls = new ArrayList<X509CRL>();
        for (var file : files(dir.resolve("crls"), "*.{crl,pem,der}")) {
            crls.add(Certificates.parseCrl(file));
        }
        return new Trust(certificates(dir), certificates(dir.resolve("seal-makers")), crls);
    }

    /// Both together, under the policy of this one.
    public Trust plus(Trust other) {
        var allCrls = new ArrayList<>(crls);
        allCrls.addAll(other.crls);
        return new Trust(union(anchors, other.anchors), union(sealMakers, other.sealMakers), allCrls, policy);
    }

    /// Whether the certificate, byte for byte, is one of the seal makers. It must also lead to an anchor.
    public boolean listsSealMaker(X509Certificate certificate) {
        return contains(sealMakers, certificate);
    }

    boolean isAnchor(X509Certificate certificate) {
        return contains(anchors, certificate);
    }

    private static boolean contains(Collection<X509Certificate> known, X509Certificate certificate) {
        // by bytes: certificates read by different libraries need not be equal to each other
        var der = Certificates.der(certificate);
        return known.stream().anyMatch(one -> Arrays.equals(Certificates.der(one), der));
    }

    private static Set<X509Certificate> union(Set<X509Certificate> one, Set<X509Certificate> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Set<X509Certificate> certificates(Path dir) {
        var certificates = new LinkedHashSet<X509Certificate>();
        for (var file : files(dir, "*.{crt,cer,pem,der}")) {
            certificates.addAll(Certificates.parseAll(file));
        }
        return certificates;
    }

    private static List<byte[]> files(Path dir, String pattern) {
        var contents = new ArrayList<byte[]>();
        if (!Files.isDirectory(dir)) {
            return contents;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, pattern)) {
            for (var file : found) {
                contents.add(Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException e) {
            throw new Failure.NotDone("the trust folder cannot be read: check its permissions", e);
        }
    }
}

package org.yinzheng.api.receipt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.yinzheng.registry.seals.CertificateIntake;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.CertificateFolder;
import org.yinzheng.signing.certificate.CertificateRequest;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.jose.JwkSet;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsKey;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;

/// The verifying body's keys on the token, of which it uses one at a time and for nothing but receipts, and the chain
/// that a certification authority gave for it. Which key is in use follows from the chain that lies here: a crash
/// leaves the old chain or the new one.
public final class ReceiptKeys {
    /// A registered JWS algorithm is used with each of them.
    public static final List<KeyKind> KINDS = List.of(KeyKind.P_256, KeyKind.RSA_2048, KeyKind.RSA_3072);

    private static final String CHAIN = "verification-receipts";
    private static final String FIELD = "certificates";

    private final KeyCustodian custodian;
    private final CertificateFolder folder;
    private final Supplier<Trust> trust;
    private final Clock clock;

    /// @param trust by which the chain is judged when it comes in and before each use
    public ReceiptKeys(KeyCustodian custodian, Path folder, Supplier<Trust> trust, Clock clock) {
        this.custodian = custodian;
        this.folder = CertificateFolder.at(folder);
        this.trust = trust;
        this.clock = clock;
    }

    /// Makes the key when it is not there yet; it goes into use with its certificate.
    ///
    /// @return PKCS #10, DER
    public DocumentBytes request(KeyKind kind, String subjectDn) {
        if (!KINDS.contains(kind)) {
            throw new InvalidInput("key-kind", "kind", "receipts are signed by a key of " + KINDS);
        }
        return DocumentBytes.owning(CertificateRequest.pkcs10Der(custodian.findOrMake(label(kind), kind), subjectDn));
    }

    /// Takes the chain for one of the keys, from now on used.
    ///
    /// @param pem the key's certificate, then the one that issued it, and so on (RFC 7515 §4.1.6), with a root at
    /// the end or without
    /// @return the chain as receipts bring it, without the root
    /// @throws InvalidInput `certificate-order`, or as [CertificateIntake#accept]
    public List<X509Certificate> certify(List<DocumentBytes> pem) {
        var sent = new ArrayList<X509Certificate>();
        pem.forEach(one -> sent.addAll(Certificates.parseAll(one.toByteArray())));
        if (sent.isEmpty()) {
            throw new InvalidInput("certificate-form", FIELD, "no certificate in it");
        }
        var key = find(sent)
                .orElseThrow(() -> new InvalidInput(
                        "certificate-key-mismatch", FIELD, "no certificate here is for a receipt key on the token"));
        requireOrder(sent, key);
        var bytes = sent.stream().map(Certificates::pem).reduce("", String::concat);
        var chain = CertificateIntake.accept(
                key.publicKey(),
                DocumentBytes.owning(bytes.getBytes(StandardCharsets.US_ASCII)),
                trust.get(),
                clock.instant());
        folder.put(CHAIN, chain);
        return chain;
    }

    /// @throws Failure.NotDone when the chain that is here is not believed now, or the token does not hold its key
    public ReceiptSigning signing(Supplier<Signer> demonstrationPaper) {
        var chain = chain();
        var key = current(chain);
        if (chain.isEmpty()) {
            return new ReceiptSigning.Demonstration(key, demonstrationPaper);
        }
        try {
            CertificateIntake.check(chain.getFirst(), chain, trust.get(), clock.instant());
            return new ReceiptSigning.Certified(new Signer(key, chain));
        } catch (InvalidInput bad) {
            throw new Failure.NotDone(
                    "no receipt is signed with a certificate that would not be believed (" + bad.code() + "): "
                            + bad.getMessage() + ". To do: yinzheng receipt csr, then receipt certificate",
                    bad);
        }
    }

    /// The chain in use; empty until a certification authority gave one.
    public List<X509Certificate> chain() {
        return folder.chain(CHAIN);
    }

    /// The keys by which anybody checks receipts, those of former times too (RFC 7517).
    public String published() {
        var chain = chain();
        var current = known(current(chain));
        var all = made().stream().map(ReceiptKeys::known).toList();
        return chain.isEmpty() ? JwkSet.publish(all) : JwkSet.publish(current, chain, all);
    }

    /// The same without certificates, for who believes them as they stand.
    public String pinned() {
        current(chain());
        return JwkSet.publish(made().stream().map(ReceiptKeys::known).toList());
    }

    /// @throws Failure.NotDone when the token does not hold the key of the chain
    private SigningKey current(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return custodian.findOrMake(label(KeyKind.P_256), KeyKind.P_256);
        }
        return find(chain)
                .orElseThrow(() -> new Failure.NotDone(
                        "the token does not hold the key of the receipts' certificate: bring the token back", null));
    }

    private Optional<SigningKey> find(List<X509Certificate> chain) {
        return made().stream()
                .filter(key -> chain.stream().anyMatch(one -> isFor(key, one)))
                .findFirst();
    }

    private static JwsKey known(SigningKey key) {
        return new JwsKey(key.publicKey(), JwsAlgorithm.of(key.kind()));
    }

    private static void requireOrder(List<X509Certificate> chain, SigningKey key) {
        var right = isFor(key, chain.getFirst());
        for (int i = 1; i < chain.size(); i++) {
            right &= PathCheck.isSignedBy(chain.get(i - 1), chain.get(i));
        }
        if (!right) {
            throw new InvalidInput(
                    "certificate-order",
                    FIELD,
                    "the certificate of the receipt key comes first, then the one that issued it, and so on");
        }
    }

    private static boolean isFor(SigningKey key, X509Certificate certificate) {
        return Arrays.equals(
                certificate.getPublicKey().getEncoded(), key.publicKey().getEncoded());
    }

    private List<SigningKey> made() {
        return KINDS.stream()
                .map(kind -> custodian.find(label(kind)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String label(KeyKind kind) {
        return switch (kind) {
            case P_256 -> "verification-receipts-p256";
            case RSA_2048 -> "verification-receipts-rsa2048";
            case RSA_3072 -> "verification-receipts-rsa3072";
            case SM2 -> throw new IllegalArgumentException("no algorithm of JWS is registered for SM2");
        };
    }
}

package org.yinzheng.registry.witness;

import java.time.Clock;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.yinzheng.signing.DocumentBytes;

/// Makes our signatures on others' checkpoints. The way to the token has no Ed25519: the seed is a secret that the
/// token seals, opened for each signature, which is computed in this process.
public final class Cosigner {
    private final WitnessKey key;
    private final Supplier<byte[]> seed;
    private final Clock clock;

    /// @param seed 32 bytes (RFC 8032 §5.1.5), always the same; wiped here after each use
    public Cosigner(String name, Supplier<byte[]> seed, Clock clock) {
        this(new WitnessKey(name, publicKey(seed)), seed, clock);
    }

    private Cosigner(WitnessKey key, Supplier<byte[]> seed, Clock clock) {
        this.key = key;
        this.seed = seed;
        this.clock = clock;
    }

    /// A witness whose name ends with the beginning of its key's SHA-256, so that no setting can give it another.
    ///
    /// @param prefix such as `yinzheng-witness/`
    public static Cosigner named(String prefix, Supplier<byte[]> seed, Clock clock) {
        var key = publicKey(seed);
        return new Cosigner(new WitnessKey(prefix + key.sha256().hex().substring(0, 16), key), seed, clock);
    }

    private static DocumentBytes publicKey(Supplier<byte[]> seed) {
        var opened = seed.get();
        try {
            return DocumentBytes.owning(
                    new Ed25519PrivateKeyParameters(opened).generatePublicKey().getEncoded());
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    public WitnessKey key() {
        return key;
    }

    /// @param checkpoint the note's text
    /// @return a line for its note
    /// @throws org.yinzheng.signing.Failure.NotDone while the token is away
    String line(String checkpoint) {
        long seconds = clock.instant().getEpochSecond();
        var message = WitnessKey.message(seconds, checkpoint);
        var opened = seed.get();
        try {
            var signer = new Ed25519Signer();
            signer.init(true, new Ed25519PrivateKeyParameters(opened));
            signer.update(message, 0, message.length);
            return key.line(seconds, signer.generateSignature());
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }
}

package org.yinzheng.signing.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.yinzheng.signing.digest.Sm3;

/// Bouncy Castle as a provider that is passed by hand and never registered with the JVM: nothing that we do
/// changes what other code gets from `Security`.
public final class Cryptography {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Cryptography() {}

    public static Provider provider() {
        return BOUNCY_CASTLE;
    }

    /// @param name as in [Suite#digestName()], such as `SM3` or `SHA-256`
    public static MessageDigest digest(String name) {
        try {
            return switch (name) {
                case "SM3" -> new Sm3();
                case "RIPEMD160" -> MessageDigest.getInstance(name, BOUNCY_CASTLE);
                default -> MessageDigest.getInstance(name); // the JDK's own SHA-2 is an intrinsic
            };
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("a digest that the JDK or Bouncy Castle always has: " + name, e);
        }
    }

    public static byte[] sm3(byte[] message) {
        return digest("SM3").digest(message);
    }
}

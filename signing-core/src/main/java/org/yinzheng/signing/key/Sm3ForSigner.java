package org.yinzheng.signing.key;

import java.security.MessageDigest;
import org.bouncycastle.crypto.Digest;
import org.yinzheng.signing.digest.Sm3;

/// Our SM3 where Bouncy Castle's SM2 asks for a digest: what is signed with a seal holds its picture.
final class Sm3ForSigner implements Digest {
    private final MessageDigest sm3 = new Sm3();

    @Override
    public String getAlgorithmName() {
        return sm3.getAlgorithm();
    }

    @Override
    public int getDigestSize() {
        return sm3.getDigestLength();
    }

    @Override
    public void update(byte value) {
        sm3.update(value);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        sm3.update(bytes, offset, length);
    }

    @Override
    public int doFinal(byte[] into, int offset) {
        var digest = sm3.digest();
        System.arraycopy(digest, 0, into, offset, digest.length);
        return digest.length;
    }

    @Override
    public void reset() {
        sm3.reset();
    }
}

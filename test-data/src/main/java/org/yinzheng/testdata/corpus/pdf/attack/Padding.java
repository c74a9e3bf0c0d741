package org.yinzheng.testdata.corpus.pdf.attack;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.pdf.CmsParts;

/// Paddings of an RSA signature that careless verifiers take for PKCS #1 v1.5 (RFC 8017 §9.2).
enum Padding {
    /// Bytes behind the digest, as in Bleichenbacher's forgery.
    GARBAGE_BEHIND_THE_DIGEST {
        @Override
        byte[] of(byte[] digest, int length) {
            var info = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
            var block = block(length, 16);
            System.arraycopy(info, 0, block, 19, info.length);
            System.arraycopy(digest, 0, block, 19 + info.length, digest.length);
            Arrays.fill(block, 19 + info.length + digest.length, length, (byte) 0x5a);
            return block;
        }
    },
    DIGEST_WITHOUT_ITS_ALGORITHM {
        @Override
        byte[] of(byte[] digest, int length) {
            var block = block(length, length - 3 - digest.length);
            System.arraycopy(digest, 0, block, length - digest.length, digest.length);
            return block;
        }
    },
    LENGTH_IN_LONG_FORM {
        @Override
        byte[] of(byte[] digest, int length) {
            var info = HexFormat.of().parseHex("308131300d060960864801650304020105000420");
            var block = block(length, length - 3 - info.length - digest.length);
            System.arraycopy(info, 0, block, length - info.length - digest.length, info.length);
            System.arraycopy(digest, 0, block, length - digest.length, digest.length);
            return block;
        }
    },
    SHORT_PADDING {
        @Override
        byte[] of(byte[] digest, int length) {
            var info = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
            var block = new byte[length];
            block[length - info.length - digest.length - 3] = 1;
            block[length - info.length - digest.length - 2] = (byte) 0xff;
            System.arraycopy(info, 0, block, length - info.length - digest.length, info.length);
            System.arraycopy(digest, 0, block, length - digest.length, digest.length);
            return block;
        }
    },
    NO_PADDING {
        @Override
        byte[] of(byte[] digest, int length) {
            var block = new byte[length];
            System.arraycopy(digest, 0, block, length - digest.length, digest.length);
            return block;
        }
    };

    abstract byte[] of(byte[] digest, int length);

    /// 00 01 FF…FF 00, with so many FF.
    private static byte[] block(int length, int padding) {
        var block = new byte[length];
        block[1] = 1;
        Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
        return block;
    }

    /// Signs with this padding.
    CmsParts in(CmsParts parts) {
        parts.byHand = Optional.of(
                message -> sign(parts.key, Cryptography.digest("SHA-256").digest(message)));
        return parts;
    }

    private byte[] sign(CorpusKey key, byte[] digest) {
        try {
            var raw = Cipher.getInstance("RSA/ECB/NoPadding");
            raw.init(Cipher.ENCRYPT_MODE, key.privateKey());
            return raw.doFinal(of(digest, 256));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK computes bare RSA", e);
        }
    }
}

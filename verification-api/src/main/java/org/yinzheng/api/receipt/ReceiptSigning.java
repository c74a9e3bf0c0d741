package org.yinzheng.api.receipt;

import java.util.function.Supplier;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.verdict.Bilingual;

/// With what receipts are signed, and what such a signature is worth to a stranger.
public sealed interface ReceiptSigning {
    /// The key of the JWS.
    SigningKey key();

    /// Said in every receipt.
    Bilingual says();

    /// Who signs what is printed: receipts on paper, copies for one use.
    default Signer onPaper() {
        return switch (this) {
            case Certified certified -> certified.signer();
            case Demonstration demonstration -> demonstration.paper().get();
        };
    }

    /// One key for both kinds, for which a certification authority vouches.
    record Certified(Signer signer) implements ReceiptSigning {
        @Override
        public SigningKey key() {
            return signer.key();
        }

        @Override
        public Bilingual says() {
            return new Bilingual("签名密钥经电子认证服务机构认证。", "A certification authority vouches for the signing key.");
        }
    }

    /// Until there is such a certificate: the JWS by a key that nothing but our own address vouches for, the paper by
    /// the demonstration's authority.
    ///
    /// @param paper asked each time, because the demonstration renews its certificates
    record Demonstration(SigningKey key, Supplier<Signer> paper) implements ReceiptSigning {
        @Override
        public Bilingual says() {
            return new Bilingual(
                    "仅供演示：签名密钥未经电子认证服务机构认证。",
                    "Demonstration only: no certification authority vouches for the signing key.");
        }
    }
}

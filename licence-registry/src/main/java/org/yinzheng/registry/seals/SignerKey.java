package org.yinzheng.registry.seals;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;

/// A key on the token that stamps with a seal.
///
/// @param label its name on the token
/// @param request PKCS #10, DER, for a licensed certification authority
/// @param chain its certificate first, as a [org.yinzheng.signing.key.Signer] has it; empty until it is certified
public record SignerKey(Suite suite, String label, DocumentBytes request, List<X509Certificate> chain) {
    public SignerKey {
        chain = List.copyOf(chain);
    }

    public boolean isCertified() {
        return !chain.isEmpty();
    }

    public Optional<Instant> notAfter() {
        return chain.stream().findFirst().map(own -> own.getNotAfter().toInstant());
    }
}

package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.fuzz.Seeds;
import org.yinzheng.signing.fuzz.Verdicts;

/// What a camera reads off a licence's QR code. Throws nothing. What is intact says what a seed says, and what a window
/// takes that knows the key only, the verifier takes too.
public final class CredentialFuzz {
    private static final Trust TRUST = Seeds.trust();
    private static final JwsVerifier VERIFIER = new JwsVerifier(TRUST);
    private static final Sm2Jws WINDOW = new Sm2Jws(TRUST.knownSigners().certificates().stream()
            .map(certificate -> certificate.getPublicKey())
            .collect(Collectors.toSet()));
    private static final Set<Optional<DocumentBytes>> SIGNED =
            Seeds.signed("credential").stream().map(CredentialFuzz::said).collect(Collectors.toSet());

    private CredentialFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var isIntact = Verdicts.isIntact(VERIFIER.verify(DocumentBytes.of(input), Seeds.AT));
        if (isIntact) {
            assertThat(isSigned(input)).isTrue();
        }
        if (WINDOW.check(new String(input, UTF_8), LicenceCredential.TYPE) instanceof JwsResult.Valid valid) {
            assertThat(isIntact).isTrue();
            assertThat(LicenceCredential.content(valid.claims())).isPresent();
        }
    }

    public static boolean isSigned(byte[] input) {
        return SIGNED.contains(said(input));
    }

    private static Optional<DocumentBytes> said(byte[] jws) {
        try {
            return JwsDocument.parse(DocumentBytes.of(jws)).payload();
        } catch (Segments.Unreadable e) {
            throw new AssertionError("an intact document that cannot be read", e);
        }
    }
}

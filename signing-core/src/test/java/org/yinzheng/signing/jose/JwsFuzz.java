package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.yinzheng.signing.fuzz.Seeds;

/// A JWS. Throws nothing. What is valid is a seed, to the last letter before the signature.
public final class JwsFuzz {
    private static final JwsCheck CHECK = new JwsCheck(new String(Seeds.read("jws-keys.txt"), UTF_8)
            .lines()
            .map(JwsFuzz::key)
            .toList());
    private static final List<String> SIGNED = Seeds.signed("jws").stream()
            .map(seed -> input(new String(seed, UTF_8)))
            .toList();

    private JwsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var compact = new String(input, UTF_8);
        if (CHECK.check(compact, Seeds.JWS_TYPE) instanceof JwsResult.Valid) {
            assertThat(SIGNED).contains(input(compact));
        }
    }

    private static String input(String compact) {
        return compact.substring(0, compact.lastIndexOf('.'));
    }

    private static JwsKey key(String line) {
        var algorithm = JwsAlgorithm.valueOf(line.substring(0, line.indexOf(' ')));
        var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(line.substring(line.indexOf(' ') + 1)));
        try {
            var factory = KeyFactory.getInstance(algorithm == JwsAlgorithm.ES256 ? "EC" : "RSA");
            return new JwsKey(factory.generatePublic(encoded), algorithm);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

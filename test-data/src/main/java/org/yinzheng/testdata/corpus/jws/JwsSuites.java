package org.yinzheng.testdata.corpus.jws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.OtherKey;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// Every algorithm of the registry (RFC 7518 §3.1, RFC 8037, RFC 8812), and payloads that are not encoded (RFC 7797).
///
/// @param name its `alg`
/// @param signing the value as a JWS has it
record JwsSuites(String name, Supplier<Signer> signer, BiFunction<CorpusKey, byte[], byte[]> signing) {
    private static final Expected CONFUSED = Expected.modified(Flaw.JWS_ALGORITHM_CONFUSED);

    static void add(CorpusAuthority authority, List<Specimen> all) {
        var rs384 = rsa(authority, "RS384", "SHA384withRSA");
        var suites = List.of(
                rs384,
                rsa(authority, "RS512", "SHA512withRSA"),
                pss(authority, "PS256", SignatureScheme.PSS_SHA256),
                pss(
                        authority,
                        "PS384",
                        SignatureScheme.pss("SHA-384", "SHA-384", 48).orElseThrow()),
                pss(
                        authority,
                        "PS512",
                        SignatureScheme.pss("SHA-512", "SHA-512", 64).orElseThrow()),
                other(authority, "ES384", OtherKey.P_384),
                other(authority, "ES512", OtherKey.P_521),
                other(authority, "ES256K", OtherKey.SECP256K1),
                other(authority, "EdDSA", OtherKey.ED25519),
                new JwsSuites(
                        "urn:yinzheng:jws:sm2-sm3",
                        () -> authority.signer(Party.SM2),
                        (key, message) -> key.plain(key.sign(message))));
        for (var suite : suites) {
            suite.specimens(all);
        }
        rs384.unencoded(all);
        JwsSpecimens.attack(
                all, "J1", "es256-for-a-key-on-p384", CONFUSED, () -> other(authority, "ES256", OtherKey.P_384)
                        .compact(""));
        JwsSpecimens.attack(all, "J1", "es256-for-a-key-on-brainpool", CONFUSED, () -> other(
                        authority, "ES256", OtherKey.BRAINPOOL_P256)
                .compact(""));
        JwsSpecimens.attack(all, "J1", "es256-for-sm2", CONFUSED, () -> new JwsSuites(
                        "ES256", () -> authority.signer(Party.SM2), (key, message) -> key.plain(key.sign(message)))
                .compact(""));
        JwsSpecimens.attack(all, "J3", "value-in-der", JwsSpecimens.BROKEN, () -> new JwsSuites(
                        "ES256",
                        () -> authority.signer(Party.P256),
                        (key, message) -> key.sign("SHA256withECDSA", message))
                .compact(""));
    }

    private static JwsSuites rsa(CorpusAuthority authority, String name, String jcaName) {
        return new JwsSuites(name, () -> authority.signer(Party.RSA), (key, message) -> key.sign(jcaName, message));
    }

    private static JwsSuites pss(CorpusAuthority authority, String name, SignatureScheme scheme) {
        return new JwsSuites(name, () -> authority.signer(Party.RSA), (key, message) -> key.sign(scheme, message));
    }

    private static JwsSuites other(CorpusAuthority authority, String name, OtherKey kind) {
        return new JwsSuites(
                name, () -> authority.signer(kind), (key, message) -> key.plain(key.sign(kind.jcaName(), message)));
    }

    private void specimens(List<Specimen> all) {
        var called = name.substring(name.lastIndexOf(':') + 1).toLowerCase(java.util.Locale.ROOT);
        JwsSpecimens.valid(all, called, Expected.passed(), () -> compact(""));
        JwsSpecimens.attack(
                all,
                "J3",
                called + "-payload-changed",
                JwsSpecimens.BROKEN,
                () -> JwsSpecimens.replaced(compact(""), 1, JwsSpecimens.part("{}")));
        JwsSpecimens.valid(all, called + "-flattened", Expected.passed(), () -> {
            var parts = compact("").split("\\.", -1);
            return flattened(parts[1], parts[0], parts[2]);
        });
    }

    /// RFC 7797: what is signed is the payload itself.
    private void unencoded(List<Specimen> all) {
        var more = "\"b64\":false,\"crit\":[\"b64\"],";
        JwsSpecimens.valid(all, "b64-false-flattened", Expected.passed(), () -> {
            var header = JwsSpecimens.part(header(more));
            return flattened("$.02", header, value(header, "$.02".getBytes(UTF_8)));
        });
        JwsSpecimens.attack(all, "J3", "b64-false-payload-changed", JwsSpecimens.BROKEN, () -> {
            var header = JwsSpecimens.part(header(more));
            return flattened("$.03", header, value(header, "$.02".getBytes(UTF_8)));
        });
        JwsSpecimens.attack(all, "J3", "b64-false-over-the-encoded", JwsSpecimens.BROKEN, () -> {
            var header = JwsSpecimens.part(header(more));
            return flattened(
                    "$.02", header, value(header, JwsSpecimens.part("$.02").getBytes(UTF_8)));
        });
        all.add(new Specimen(
                        "jws-valid-b64-false-detached",
                        "JWS",
                        Specimen.VALID,
                        "RFC 7797 with the payload apart",
                        Expected.passed(),
                        () -> {
                            var header = JwsSpecimens.part(header(more));
                            return JwsSpecimens.bytes(
                                    header + ".." + value(header, JwsSpecimens.PAYLOAD.getBytes(UTF_8)));
                        })
                .over("licence.json", () -> JwsSpecimens.bytes(JwsSpecimens.PAYLOAD)));
    }

    private String compact(String more) {
        var header = JwsSpecimens.part(header(more));
        var payload = JwsSpecimens.part(JwsSpecimens.PAYLOAD);
        return header + "." + payload + "." + value(header, payload.getBytes(US_ASCII));
    }

    private String header(String more) {
        return "{\"alg\":\"" + name + "\"," + more + "\"x5c\":[" + JwsSpecimens.chain(signer.get()) + "]}";
    }

    private String value(String header, byte[] payload) {
        var input = new ByteArrayOutputStream();
        input.writeBytes((header + ".").getBytes(US_ASCII));
        input.writeBytes(payload);
        return JwsSpecimens.BASE64.encodeToString(
                signing.apply((CorpusKey) signer.get().key(), input.toByteArray()));
    }

    private static String flattened(String payload, String header, String value) {
        return "{\"payload\":\"" + payload + "\",\"protected\":\"" + header + "\",\"signature\":\"" + value + "\"}";
    }
}

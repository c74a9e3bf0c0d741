package org.yinzheng.testdata.corpus.jws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.CorpusKey;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.Specimens;

/// JWS signed with the keys of the corpus, the chain in `x5c`.
public final class JwsSpecimens implements Specimens {
    static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    static final String PAYLOAD = "{\"licence\":\"1.2.156.3005.2.1\"}";
    private static final Expected MALFORMED = Expected.failed(Integrity.UNKNOWN, Flaw.JWS_MALFORMED);
    private static final Expected FORBIDDEN = Expected.failed(Integrity.UNKNOWN, Flaw.JWS_HEADER_FORBIDDEN);
    private static final Expected CONFUSED = Expected.modified(Flaw.JWS_ALGORITHM_CONFUSED);
    static final Expected BROKEN = Expected.modified(Flaw.SIG_CRYPTO_FAILURE);
    private static final Expected UNKNOWN_KEY =
            Expected.undecided(Integrity.UNKNOWN, Gap.JWS_KEY_UNKNOWN).atLeast();

    @Override
    public List<Specimen> by(CorpusAuthority authority) {
        var all = new ArrayList<Specimen>();
        var rsa = header(authority, Party.RSA, "RS256", "");
        var p256 = header(authority, Party.P256, "ES256", "");
        valid(all, "rs256", Expected.passed(), () -> compact(authority, Party.RSA, rsa.get(), PAYLOAD));
        valid(all, "es256", Expected.passed(), () -> compact(authority, Party.P256, p256.get(), PAYLOAD));
        valid(
                all,
                "line-feed-at-the-end",
                Expected.passed(),
                () -> compact(authority, Party.RSA, rsa.get(), PAYLOAD) + "\n");
        valid(all, "flattened", Expected.passed(), () -> json(authority, rsa.get(), ""));
        valid(all, "general", Expected.passed(), () -> general(authority, rsa.get(), p256.get()));
        valid(
                all,
                "stranger",
                Expected.intactBut(Gap.NO_CERTIFICATE_CHAIN_FOUND).atLeast(),
                () -> compact(
                        authority,
                        Party.RSA_STRANGER,
                        header(authority, Party.RSA_STRANGER, "RS256", "").get(),
                        PAYLOAD));

        attack(all, "J1", "none", CONFUSED, () -> part("{\"alg\":\"none\"}") + "." + part(PAYLOAD) + ".");
        attack(
                all,
                "J1",
                "none-with-a-chain",
                CONFUSED,
                () -> part(rsa.get().replace("RS256", "none")) + "." + part(PAYLOAD) + ".");
        attack(
                all,
                "J1",
                "hs256-with-the-public-key",
                CONFUSED,
                () -> part(rsa.get().replace("RS256", "HS256")) + "." + part(PAYLOAD) + "." + part("mac"));
        attack(
                all,
                "J1",
                "es256-for-an-rsa-key",
                CONFUSED,
                () -> compact(authority, Party.RSA, rsa.get().replace("RS256", "ES256"), PAYLOAD));
        attack(
                all,
                "J1",
                "rs256-for-a-key-on-p256",
                CONFUSED,
                () -> compact(authority, Party.P256, p256.get().replace("ES256", "RS256"), PAYLOAD));
        attack(
                all,
                "J2",
                "key-in-the-header",
                UNKNOWN_KEY,
                () -> compact(
                        authority,
                        Party.RSA_STRANGER,
                        "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}}",
                        PAYLOAD));
        attack(
                all,
                "J2",
                "address-of-keys-in-the-header",
                UNKNOWN_KEY,
                () -> compact(
                        authority,
                        Party.RSA_STRANGER,
                        "{\"alg\":\"RS256\",\"jku\":\"https://attacker.invalid/keys\"}",
                        PAYLOAD));
        attack(
                all,
                "J2",
                "address-of-certificates-in-the-header",
                UNKNOWN_KEY,
                () -> compact(
                        authority,
                        Party.RSA_STRANGER,
                        "{\"alg\":\"RS256\",\"x5u\":\"https://attacker.invalid/c\"}",
                        PAYLOAD));
        attack(all, "J2", "chain-of-another", BROKEN, () -> compact(authority, Party.RSA_STRANGER, rsa.get(), PAYLOAD));
        attack(
                all,
                "J3",
                "payload-changed",
                BROKEN,
                () -> replaced(compact(authority, Party.RSA, rsa.get(), PAYLOAD), 1, part("{}")));
        attack(
                all,
                "J3",
                "header-changed",
                BROKEN,
                () -> replaced(compact(authority, Party.RSA, rsa.get(), PAYLOAD), 0, part(rsa.get() + " ")));
        attack(all, "J3", "padding", MALFORMED, () -> compact(authority, Party.RSA, rsa.get(), PAYLOAD) + "=");
        attack(
                all,
                "J3",
                "extra-segment",
                MALFORMED,
                () -> compact(authority, Party.RSA, rsa.get(), PAYLOAD) + ".AAAA");
        attack(all, "J3", "two-segments", MALFORMED, () -> part(rsa.get()) + "." + part(PAYLOAD));
        attack(all, "J3", "space-inside", MALFORMED, () -> compact(authority, Party.RSA, rsa.get(), PAYLOAD)
                .replaceFirst("\\.", ". "));
        attack(
                all,
                "J3",
                "algorithm-twice",
                MALFORMED,
                () -> compact(authority, Party.RSA, rsa.get().replaceFirst("\\{", "{\"alg\":\"none\","), PAYLOAD));
        attack(
                all,
                "J3",
                "critical-unknown",
                Expected.failed(Integrity.UNKNOWN, Flaw.JWS_CRITICAL_UNKNOWN),
                () -> compact(
                        authority,
                        Party.RSA,
                        header(authority, Party.RSA, "RS256", "\"crit\":[\"x\"],\"x\":1,")
                                .get(),
                        PAYLOAD));
        attack(
                all,
                "J3",
                "critical-empty",
                FORBIDDEN,
                () -> compact(
                        authority,
                        Party.RSA,
                        header(authority, Party.RSA, "RS256", "\"crit\":[],").get(),
                        PAYLOAD));
        attack(
                all,
                "J3",
                "critical-and-absent",
                FORBIDDEN,
                () -> compact(
                        authority,
                        Party.RSA,
                        header(authority, Party.RSA, "RS256", "\"crit\":[\"exp\"],")
                                .get(),
                        PAYLOAD));
        attack(
                all,
                "J3",
                "b64-not-critical",
                FORBIDDEN,
                () -> compact(
                        authority,
                        Party.RSA,
                        header(authority, Party.RSA, "RS256", "\"b64\":true,").get(),
                        PAYLOAD));
        all.add(new Specimen(
                        "jws-valid-detached",
                        "JWS",
                        Specimen.VALID,
                        "RFC 7515 appendix F",
                        Expected.passed(),
                        () -> bytes(replaced(compact(authority, Party.RSA, rsa.get(), PAYLOAD), 1, "")))
                .over("licence.json", () -> bytes(PAYLOAD)));
        all.add(new Specimen(
                        "jws-j3-detached-over-another-file",
                        "JWS",
                        "J3",
                        "over another file",
                        BROKEN,
                        () -> bytes(replaced(compact(authority, Party.RSA, rsa.get(), PAYLOAD), 1, "")))
                .over("licence.json", () -> bytes("{}")));
        JwsSuites.add(authority, all);
        published(all);
        return all;
    }

    /// RFC 7515 appendix A, letter for letter. Their keys are in the RFC and nobody vouches for them here; that their
    /// mathematics holds is for a test that has those keys.
    private static void published(List<Specimen> all) {
        var claims = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        var mac = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + claims + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        var es256 = "eyJhbGciOiJFUzI1NiJ9." + claims
                + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        var es512 = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA"
                + ".AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdC"
                + "APZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
        attack(
                all,
                "J1",
                "rfc7515-a1-hs256",
                Expected.undecided(Integrity.UNKNOWN, Gap.SIGNATURE_KIND_UNKNOWN),
                () -> mac);
        attack(all, "J2", "rfc7515-a3-es256", UNKNOWN_KEY, () -> es256);
        attack(all, "J2", "rfc7515-a4-es512", UNKNOWN_KEY, () -> es512);
        attack(all, "J1", "rfc7515-a5-none", CONFUSED, () -> "eyJhbGciOiJub25lIn0." + claims + ".");
    }

    private static Supplier<String> header(CorpusAuthority authority, Party party, String algorithm, String more) {
        return () -> "{\"alg\":\"" + algorithm + "\"," + more + "\"x5c\":[" + chain(authority.signer(party)) + "]}";
    }

    static String chain(Signer signer) {
        return signer.chain().stream()
                .map(one -> "\"" + Base64.getEncoder().encodeToString(Certificates.der(one)) + "\"")
                .collect(Collectors.joining(","));
    }

    private static String compact(CorpusAuthority authority, Party party, String header, String payload) {
        var input = part(header) + "." + part(payload);
        return input + "." + value(authority, party, input);
    }

    private static String value(CorpusAuthority authority, Party party, String input) {
        CorpusKey key = authority.key(party);
        var value = key.sign(input.getBytes(US_ASCII));
        return BASE64.encodeToString(party == Party.P256 ? DsaValue.raw(value) : value);
    }

    private static String json(CorpusAuthority authority, String header, String more) {
        var parts = compact(authority, Party.RSA, header, PAYLOAD).split("\\.", -1);
        return "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2] + "\""
                + more + "}";
    }

    private static String general(CorpusAuthority authority, String rsa, String p256) {
        var one = compact(authority, Party.RSA, rsa, PAYLOAD).split("\\.", -1);
        var other = compact(authority, Party.P256, p256, PAYLOAD).split("\\.", -1);
        return "{\"payload\":\"" + one[1] + "\",\"signatures\":[{\"protected\":\"" + one[0] + "\",\"signature\":\""
                + one[2] + "\"},{\"protected\":\"" + other[0] + "\",\"signature\":\"" + other[2] + "\"}]}";
    }

    static String replaced(String jws, int index, String part) {
        var parts = jws.split("\\.", -1);
        parts[index] = part;
        return String.join(".", parts);
    }

    static String part(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }

    static DocumentBytes bytes(String text) {
        return DocumentBytes.owning(text.getBytes(UTF_8));
    }

    static void valid(List<Specimen> all, String name, Expected expected, Supplier<String> text) {
        all.add(new Specimen(
                "jws-valid-" + name, "JWS", Specimen.VALID, name.replace('-', ' '), expected, () -> bytes(text.get())));
    }

    static void attack(List<Specimen> all, String attack, String name, Expected expected, Supplier<String> text) {
        all.add(new Specimen(
                "jws-" + attack.toLowerCase(java.util.Locale.ROOT) + "-" + name,
                "JWS",
                attack,
                name.replace('-', ' '),
                expected,
                () -> bytes(text.get())));
    }
}

package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.api.signin.DemoProvider;

class SignInTest {
    private static final String MINE = "/api/v1/me/licences";

    private static RunningService running;
    private static Browser browser;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void noToken_is401AndSaysHow() {
        var answer = browser.get(MINE);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("token-missing");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer garbage", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer a.b.c.d.e"})
    void tokenThatIsNone_is401(String header) {
        assertThat(browser.get(MINE, "Authorization", header).status()).isEqualTo(401);
    }

    @Test
    void algorithmNone_is401() {
        var token = new PlainJWT(claims(issuer(), DemoProvider.AUDIENCE).build()).serialize();

        assertThat(withToken(token).code()).isEqualTo("token-invalid");
    }

    @Test
    void symmetricKeyMadeOfThePublicOne_is401() throws Exception {
        var publicKey = Machine.get().signInKey().publicKey().getEncoded();
        var token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                claims(issuer(), DemoProvider.AUDIENCE).build());
        token.sign(new MACSigner(publicKey));

        assertThat(withToken(token.serialize()).code()).isEqualTo("token-invalid");
    }

    @Test
    void keyInsideTheToken_is401() throws Exception {
        var own = new ECKeyGenerator(Curve.P_256).generate();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).jwk(own.toPublicJWK()).build();
        var token =
                new SignedJWT(header, claims(issuer(), DemoProvider.AUDIENCE).build());
        token.sign(new ECDSASigner(own));

        assertThat(withToken(token.serialize()).code()).isEqualTo("token-invalid");
    }

    @Test
    void expired_is401AndSaysSo() {
        var earlier = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));

        assertThat(withToken(token(issuer(), earlier)).code()).isEqualTo("token-expired");
    }

    @Test
    void otherIssuer_is401() {
        assertThat(withToken(token("https://elsewhere.example", Clock.systemUTC()))
                        .code())
                .isEqualTo("token-invalid");
    }

    @Test
    void bodyChanged_is401() {
        var parts = token(issuer(), Clock.systemUTC()).split("\\.", -1);
        var forged = new PlainJWT(claims(issuer(), DemoProvider.AUDIENCE)
                        .claim("roles", List.of("issuer"))
                        .build())
                .serialize()
                .split("\\.", -1)[1];

        assertThat(withToken(parts[0] + "." + forged + "." + parts[2]).code()).isEqualTo("token-invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/me/licences, window-clerk",
        "GET, /api/v1/me/licences, issuing-officer",
        "POST, /api/v1/licences, citizen-1",
        "POST, /api/v1/licences, window-clerk",
        "POST, /api/v1/licences/search, citizen-1",
        "POST, /api/v1/licences/x/revocation, citizen-1",
        "GET, /api/v1/licences/x, window-clerk",
        "GET, /api/v1/licences/x/renditions/pdf, window-clerk"
    })
    void roleMissing_is403(String method, String path, String user) {
        var token = browser.bearer(user);
        var answer = method.equals("GET")
                ? browser.get(path, "Authorization", token)
                : browser.post(path, "application/json", new byte[] {'{', '}'}, "Authorization", token);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("role-missing");
    }

    @Test
    void cookieFromAnotherSite_is403() {
        var cookie = session(RunningService.ISSUER);

        var elsewhere = browser.post(
                "/api/v1/licences/search",
                "application/json",
                new byte[] {'{', '}'},
                "Cookie",
                cookie,
                "Origin",
                "https://elsewhere.example");
        var unsaid =
                browser.post("/api/v1/licences/search", "application/json", new byte[] {'{', '}'}, "Cookie", cookie);

        assertThat(elsewhere.code()).isEqualTo("cross-site");
        assertThat(unsaid.code()).isEqualTo("cross-site");
    }

    @Test
    void cookieFromThisSite_isTaken() {
        var answer = browser.post(
                "/api/v1/licences/search",
                "application/json",
                new byte[] {'{', '}'},
                "Cookie",
                session(RunningService.ISSUER),
                "Origin",
                running.url().toString());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("field").asText()).isEqualTo("type");
    }

    @Test
    void signIn_setsACookieThatScriptsCannotRead() {
        var answer = browser.form(
                "/sign-in",
                "user=" + RunningService.CITIZEN,
                "Origin",
                running.url().toString());

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Set-Cookie")).containsIgnoringCase("HttpOnly").contains("SameSite=Lax");
    }

    @Test
    void signInFromAnotherSite_is403() {
        var answer = browser.form("/sign-in", "user=citizen-1", "Origin", "https://elsewhere.example");

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void demonstrationProvider_saysWhatItIs() {
        assertThat(browser.get("/sign-in").text()).contains("仅供演示");
        assertThat(browser.get("/demo-idp/.well-known/openid-configuration")
                        .json()
                        .path("note")
                        .asText())
                .contains("仅供演示");
    }

    private static String session(String user) {
        var set = browser.form(
                        "/sign-in", "user=" + user, "Origin", running.url().toString())
                .header("Set-Cookie");
        return set.substring(0, set.indexOf(';'));
    }

    private static Browser.Answer withToken(String token) {
        var answer = browser.get(MINE, "Authorization", "Bearer " + token);
        assertThat(answer.status()).isEqualTo(401);
        return answer;
    }

    private static String issuer() {
        return running.url() + "/demo-idp";
    }

    private static String token(String issuer, Clock clock) {
        var provider = new DemoProvider(issuer, Machine.get().signInKey(), RunningService.users(), clock);
        return provider.token(provider.user(RunningService.CITIZEN).orElseThrow());
    }

    private static JWTClaimsSet.Builder claims(String issuer, String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject("somebody")
                .claim("roles", List.of("citizen"))
                .expirationTime(Date.from(Clock.systemUTC().instant().plusSeconds(600)));
    }
}

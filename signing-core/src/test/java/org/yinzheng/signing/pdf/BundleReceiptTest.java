package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.evidence.BundleVerdict;
import org.yinzheng.signing.evidence.EvidenceBundle;
import org.yinzheng.signing.jose.JwkSet;
import org.yinzheng.signing.jose.JwsAlgorithm;
import org.yinzheng.signing.jose.JwsSigner;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Reason;

/// The receipt in an evidence bundle: of this document, of another, of a stranger, of no time that can be.
class BundleReceiptTest {
    @TempDir
    Path folder;

    private final Ages ages = new Ages();
    private final DocumentBytes pdf = ages.stamped(Suite.RSA_SHA256, Level.B);

    @Test
    void receiptOfThisDocument_underAChain_stands() throws IOException {
        assertThat(judge(receipt(claims())).receipt()).hasSize(3).allMatch(check -> check.passed());
    }

    @Test
    void receiptUnderAChain_standsWhenItsListsAreGone() throws IOException {
        ages.pass(Duration.ofHours(1));
        var file = bundle(Optional.of(receipt(claims())));
        ages.pass(Duration.ofDays(400)); // no list of then is current any more

        assertThat(judge(file, ages.anchors()).receipt()).allMatch(check -> check.passed());
    }

    @Test
    void bundleWithoutReceipt_isJudgedAsBefore() throws IOException {
        var judged = judge(bundle(Optional.empty()), ages.authority().trust());

        assertThat(judged.receipt()).isEmpty();
        assertThat(judged.report().indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void receiptOfAnotherDocument_isNamed() throws IOException {
        var claims = claims();
        ((ObjectNode) claims.at("/documents/0/digests")).put("sha256", "00".repeat(32));
        assertThat(reasons(receipt(claims))).containsExactly(Flaw.RECEIPT_OF_ANOTHER_DOCUMENT);

        var halfRight = claims();
        ((ObjectNode) halfRight.at("/documents/0/digests")).put("sm3", "00".repeat(32));
        assertThat(reasons(receipt(halfRight))).containsExactly(Flaw.RECEIPT_OF_ANOTHER_DOCUMENT);

        var none = claims();
        none.putArray("documents");
        assertThat(reasons(receipt(none))).containsExactly(Flaw.RECEIPT_OF_ANOTHER_DOCUMENT);
    }

    @Test
    void receiptChangedAfterSigning_isNamed() throws IOException {
        var parts = receipt(claims()).split("\\.", -1);
        var better = claims().put("body", "another body").toString().getBytes(StandardCharsets.UTF_8);
        var changed = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(better) + "." + parts[2];

        assertThat(reasons(changed)).containsExactly(Flaw.RECEIPT_INVALID);
    }

    @Test
    void notAReceipt_isNamed() throws IOException {
        assertThat(reasons("a.b.c")).containsExactly(Flaw.RECEIPT_INVALID);
        assertThat(reasons(new JwsSigner(ages.signer(Suite.RSA_SHA256)).sign("another+jwt", claims())))
                .containsExactly(Flaw.RECEIPT_INVALID);
        var timeless = claims();
        timeless.remove("iat");
        assertThat(reasons(receipt(timeless))).containsExactly(Flaw.RECEIPT_INVALID);
    }

    @Test
    void receiptOfAStranger_isUnconfirmed() throws IOException {
        var stranger = Ages.amongStrangers();

        assertThat(reasons(new JwsSigner(stranger.signer(Suite.RSA_SHA256)).sign(TYPE, claims())))
                .containsExactly(Gap.RECEIPT_UNCONFIRMED);
    }

    @Test
    void keyWithoutCertificate_countsWhenTheOperatorKnowsIt() throws IOException {
        var signer = new JwsSigner(ages.signer(Suite.RSA_SHA256).key(), JwsAlgorithm.PS256);
        var file = bundle(Optional.of(signer.sign(TYPE, claims())));
        var trust = ages.authority().trust();
        var keys =
                DocumentBytes.owning(JwkSet.publish(List.of(signer.publicKey())).getBytes(StandardCharsets.UTF_8));

        assertThat(reasons(judge(file, trust))).containsExactly(Gap.RECEIPT_UNCONFIRMED);
        assertThat(reasons(judge(file, trust.with(new KnownSigners(Set.of(), List.of(keys))))))
                .isEmpty();
    }

    @Test
    void receiptOfARevokedCertificate_isNamed() throws IOException {
        var claims = claims();
        ages.authority()
                .revoke(ages.signer(Suite.RSA_SHA256).certificate(), ages.now().minusSeconds(60));

        assertThat(reasons(receipt(claims))).containsExactly(Flaw.RECEIPT_INVALID);
    }

    @Test
    void receiptYoungerThanItsBundle_isNamed() throws IOException {
        var within = claims().put("iat", ages.now().plusSeconds(200).getEpochSecond());
        assertThat(reasons(receipt(within))).isEmpty();
        var later = claims().put("iat", ages.now().plusSeconds(3600).getEpochSecond());
        assertThat(reasons(receipt(later))).containsExactly(Flaw.RECEIPT_TIME_IMPOSSIBLE);

        var file = bundle(Optional.of(receipt(later)));
        ages.pass(Duration.ofDays(1));
        assertThat(reasons(judge(file, ages.authority().trust())))
                .as("today it could be, but not when the bundle was sealed")
                .containsExactly(Flaw.RECEIPT_TIME_IMPOSSIBLE);
    }

    private static final String TYPE = EvidenceBundle.RECEIPT_TYPE;

    private String receipt(ObjectNode claims) {
        return new JwsSigner(ages.signer(Suite.RSA_SHA256)).sign(TYPE, claims);
    }

    private ObjectNode claims() {
        var claims = JsonNodeFactory.instance.objectNode().put("iat", ages.now().getEpochSecond());
        claims.putArray("documents")
                .addObject()
                .putObject("digests")
                .put("sha256", Digest.sha256(pdf.toByteArray()).hex())
                .put("sm3", HexFormat.of().formatHex(Cryptography.digest("SM3").digest(pdf.toByteArray())));
        return claims;
    }

    private List<Reason> reasons(String receipt) throws IOException {
        return reasons(judge(receipt));
    }

    private static List<Reason> reasons(BundleVerdict.Judged judged) {
        return judged.receipt().stream()
                .flatMap(check -> check.reason().stream())
                .toList();
    }

    private BundleVerdict.Judged judge(String receipt) throws IOException {
        return judge(bundle(Optional.of(receipt)), ages.authority().trust());
    }

    private BundleVerdict.Judged judge(Path bundle, Trust trust) {
        return (BundleVerdict.Judged) EvidenceBundle.read(bundle).verify(trust, ages.now());
    }

    private Path bundle(Optional<String> receipt) throws IOException {
        var bytes = new ByteArrayOutputStream();
        EvidenceBundle.write(
                bytes,
                new EvidenceBundle.Enclosed("licence.pdf", pdf, "{}", receipt, List.of(), Map.of()),
                ages.authority().trust(),
                ages.now(),
                Optional.of(ages.timestamps()));
        return Files.write(Files.createTempFile(folder, "bundle", ".zip"), bytes.toByteArray());
    }
}

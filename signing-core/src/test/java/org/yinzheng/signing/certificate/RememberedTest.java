package org.yinzheng.signing.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Memo;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// What is remembered of certificates, paths and lists decides nothing that it should not: each question is asked more
/// than once, with something between that another answer could stick to.
class RememberedTest {
    private static final String ADDRESS = "http://crl.example.cn/";

    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");
    private final Party issuer = pki.authority(root, "issuer");
    private final Party signer = pki.leaf(issuer, "signer", TestPki.publishing(ADDRESS));
    private final Trust trust = TestPki.trust(root, issuer);

    @Test
    void sameCertificateAtTwoTimes_isJudgedForEach() {
        var held = trust.with(data(list(NOW.minus(DAY), NOW.plus(DAY.multipliedBy(900)))));
        for (int i = 0; i < 2; i++) {
            assertThat(reasons(held, Moment.unproven(NOW, NOW))).isEmpty();
            assertThat(reasons(held, Moment.unproven(NOW, NOW.plus(DAY.multipliedBy(400)))))
                    .contains(Gap.OUT_OF_BOUNDS_NO_POE);
            assertThat(reasons(held, Moment.unproven(NOW, NOW.minus(DAY.multipliedBy(400)))))
                    .contains(Gap.OUT_OF_BOUNDS_NO_POE);
        }
    }

    @Test
    void listThatHasRunOut_isAskedForEachTime() {
        var held = trust.with(data(list(NOW.minus(DAY), NOW.plus(DAY))));
        for (int i = 0; i < 2; i++) {
            assertThat(reasons(held, Moment.unproven(NOW, NOW))).isEmpty();
            assertThat(reasons(held, Moment.unproven(NOW, NOW.plus(DAY.multipliedBy(2)))))
                    .containsExactly(Gap.TRY_LATER);
        }
    }

    @Test
    void revokedBetweenTwoSignatures_isBelievedForTheFirstWithProofOnly() {
        var revoked = NOW.minus(DAY);
        var held = trust.with(
                data(TestPki.crl(issuer, NOW.minusSeconds(60), NOW.plus(DAY), TestPki.revoking(signer, revoked, 1))));
        var before = revoked.minusSeconds(3600);
        var after = revoked.plusSeconds(3600);
        for (int i = 0; i < 2; i++) {
            assertThat(reasons(held, new Moment(before, Optional.of(before), NOW)))
                    .isEmpty();
            assertThat(reasons(held, new Moment(after, Optional.of(after), NOW)))
                    .containsExactly(Flaw.REVOKED);
            assertThat(reasons(held, Moment.unproven(before, NOW))).containsExactly(Gap.REVOKED_NO_POE);
            assertThat(reasons(held, Moment.unproven(after, NOW))).containsExactly(Flaw.REVOKED);
        }
    }

    @Test
    void otherRevocationData_givesAnotherAnswer() {
        var good = trust.with(data(list(NOW.minus(DAY), NOW.plus(DAY))));
        var bad = trust.with(data(
                TestPki.crl(issuer, NOW.minusSeconds(60), NOW.plus(DAY), TestPki.revoking(signer, NOW.minus(DAY), 1))));
        var moment = Moment.unproven(NOW, NOW);
        for (int i = 0; i < 2; i++) {
            assertThat(reasons(trust, moment)).containsExactly(Gap.TRY_LATER);
            assertThat(reasons(good, moment)).isEmpty();
            assertThat(reasons(bad, moment)).containsExactly(Flaw.REVOKED);
        }
    }

    @Test
    void otherAnchorsOrCertificatesBetween_giveOtherPaths() {
        var silent = pki.leaf(issuer, "silent");
        var top = TestPki.trust(root);
        var stranger = TestPki.trust(pki.root("stranger"));
        var moment = Moment.unproven(NOW, NOW);
        for (int i = 0; i < 2; i++) {
            assertThat(reasons(silent, List.of(), top, moment)).containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
            assertThat(reasons(silent, List.of(issuer.certificate()), top, moment))
                    .isEmpty();
            assertThat(reasons(silent, List.of(), top.withCertificates(List.of(issuer.certificate())), moment))
                    .isEmpty();
            assertThat(reasons(silent, List.of(issuer.certificate()), stranger, moment))
                    .containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
            assertThat(reasons(silent, List.of(issuer.certificate()), stranger.plus(top), moment))
                    .isEmpty();
        }
    }

    @Test
    void certificateWithAByteChanged_isNotTheOneThatIsKnown() {
        var der = Certificates.der(signer.certificate());
        assertThat(Certificates.parse(der)).isEqualTo(signer.certificate());
        var altered = der.clone();
        altered[altered.length - 1] ^= 1;
        var read = Certificates.parse(altered);
        assertThat(Certificates.der(read)).isEqualTo(altered);
        var held = trust.with(data(list(NOW.minus(DAY), NOW.plus(DAY))));
        var moment = Moment.unproven(NOW, NOW);
        assertThat(reasons(held, moment)).isEmpty();
        assertThat(PathCheck.check(read, List.of(), held, moment))
                .anyMatch(check -> check.reason().equals(Optional.of(Gap.NO_CERTIFICATE_CHAIN_FOUND)));
    }

    @Test
    void bytesThatTheCallerChangesLater_areNotTheKnownCertificate() {
        var der = Certificates.der(signer.certificate());
        var bytes = der.clone();
        assertThat(Certificates.parse(bytes)).isEqualTo(signer.certificate());
        Arrays.fill(bytes, (byte) 0x30);
        assertThatThrownBy(() -> Certificates.parse(bytes)).isInstanceOf(InvalidInput.class);
        assertThat(Certificates.parse(der)).isEqualTo(signer.certificate());
    }

    @Test
    void memo_asksOnce_untilThereAreTooMany_andNeverKeepsALongQuestion() {
        var memo = new Memo<String, String>(2, String::length);
        var asked = new AtomicInteger();
        for (var question : List.of("a", "b", "a", "b", "c", "a")) {
            assertThat(memo.find(question, one -> one + asked.incrementAndGet()))
                    .startsWith(question);
        }
        assertThat(asked).hasValue(4);
        var question = "l".repeat(10_000);
        memo.find(question, one -> one + asked.incrementAndGet());
        memo.find(question, one -> one + asked.incrementAndGet());
        assertThat(asked).hasValue(6);
    }

    private X509CRL list(Instant thisUpdate, Instant nextUpdate) {
        return TestPki.crl(issuer, thisUpdate, nextUpdate, TestPki.none());
    }

    private static RevocationData data(X509CRL list) {
        return new RevocationData(List.of(list), List.of());
    }

    private List<Reason> reasons(Trust believed, Moment moment) {
        return reasons(signer, List.of(), believed, moment);
    }

    private static List<Reason> reasons(Party party, List<X509Certificate> others, Trust believed, Moment moment) {
        return PathCheck.check(party.certificate(), others, believed, moment).stream()
                .flatMap(check -> check.reason().stream())
                .toList();
    }
}

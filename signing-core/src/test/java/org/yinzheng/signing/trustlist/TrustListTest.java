package org.yinzheng.signing.trustlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Listing;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.trustlist.TrustEntry.Kind;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Signed trust lists: who may be believed, for what, from when until when, and under which conditions.
class TrustListTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant START = NOW.minus(Duration.ofDays(100));
    private static final Instant REPLACED = NOW.plus(Duration.ofDays(180));
    private static final String CODE = "11330105002500287C";
    private static final String LICENCE = "1.2.156.3005.2.11100000000013338W009." + CODE + ".2025052201.002.0";
    private static final String BODY = "东原市市场监督管理局";
    private static final MemoryCustodian CUSTODIAN = new MemoryCustodian();
    private static DemonstrationAuthority authority;

    @TempDir
    static Path pki;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        authority =
                DemonstrationAuthority.open(CUSTODIAN, pki, Clock.fixed(NOW.minus(Duration.ofDays(1)), ZoneOffset.UTC));
    }

    @Test
    void list_isReadBackFromEveryKindOfKey_andByNoOther() {
        var list = list(1, START, Optional.empty());
        for (var kind : List.of(KeyKind.P_256, KeyKind.RSA_2048, KeyKind.SM2)) {
            var key = CUSTODIAN.findOrMake("list-" + kind, kind);
            var compact = ListSigner.sign(list, key);
            var signer = ListSigner.parse(new ListSigner(key.publicKey()).pem());
            assertThat(signer.open(compact)).as("%s", kind).isEqualTo(list);
            var other =
                    new ListSigner(CUSTODIAN.findOrMake("other-" + kind, kind).publicKey());
            assertThat(other.fingerprint()).isNotEqualTo(signer.fingerprint());
            refused("trust-list-signature", () -> other.open(compact));
            refused("trust-list-signature", () -> signer.open(compact.substring(0, compact.length() - 6) + "AAAAAA"));
        }
    }

    @Test
    void memberThatIsNotKnown_isRefused() {
        var json = TrustListJson.write(list(1, START, Optional.empty()));
        json.put("onlyOnSundays", true);
        refused("trust-list-form", () -> TrustListJson.read(json));
        var negative = TrustListJson.write(list(1, START, Optional.empty())).put("sequence", -1);
        refused("trust-list-form", () -> TrustListJson.read(negative));
    }

    @Test
    void listedSigner_passes_andTheListIsNamed() {
        for (var suite : Suite.values()) {
            var checks = checks(suite, list(1, START, Optional.empty()), Optional.empty(), unproven());
            assertThat(checks).allMatch(Check::passed).anyMatch(check -> check.step()
                    .equals("trust-list"));
        }
    }

    @Test
    void expiredList_isAGap() {
        var late = new Moment(NOW, Optional.of(NOW), REPLACED.plusSeconds(1));
        assertThat(reasons(list(1, START, Optional.empty()), Optional.empty(), late))
                .containsExactly(Gap.TRUST_LIST_EXPIRED);
    }

    @Test
    void entryThatEnded_isJudgedAtTheProvenTime() {
        var ended = NOW.minus(Duration.ofHours(12));
        var list = list(1, START, Optional.of(ended));
        var before = ended.minusSeconds(60);
        var after = ended.plusSeconds(60);
        assertThat(reasons(list, Optional.empty(), new Moment(before, Optional.of(before), NOW)))
                .isEmpty();
        assertThat(reasons(list, Optional.empty(), new Moment(before, Optional.of(after), NOW)))
                .containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        // a claim could be put back before the end
        assertThat(reasons(list, Optional.empty(), Moment.unproven(before, NOW)))
                .containsExactly(Gap.OUT_OF_BOUNDS_NO_POE);
        assertThat(reasons(list, Optional.empty(), Moment.unproven(after, NOW)))
                .containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
    }

    @Test
    void timestampAuthority_doesNotSignDocuments_andAnAuthorityTellsNoTime() {
        var issuing = authority.signer(BODY, Suite.RSA_SHA256).chain().get(1);
        var asTsa = new TrustList("330000", name("省"), 1, START, REPLACED, List.of(entry(Kind.TSA, List.of(issuing))));
        var trust = new ListedTrust(asTsa, Optional.empty()).trust().with(crls());
        assertThat(reasons(PathCheck.check(signer(Suite.RSA_SHA256).certificate(), List.of(), trust, unproven())))
                .containsExactly(Gap.NO_CERTIFICATE_CHAIN_FOUND);
        var tsa = authority.timestamper(Suite.RSA_SHA256);
        assertThat(reasons(PathCheck.checkTimestamper(tsa.certificate(), List.of(), trust, unproven(), List.of())))
                .isEmpty();
    }

    @Test
    void silentAuthority_passesWhenTheListSaysSo() {
        var issuing = authority.signer(BODY, Suite.RSA_SHA256).chain().get(1);
        for (var publishes : List.of(true, false)) {
            var ca = new TrustEntry(
                    Kind.CA,
                    name("CA"),
                    Optional.empty(),
                    List.of(issuing),
                    START,
                    Optional.empty(),
                    List.of(),
                    publishes);
            var list = new TrustList("330000", name("省"), 1, START, REPLACED, List.of(ca));
            var trust = new ListedTrust(list, Optional.empty()).trust();
            var reasons =
                    reasons(PathCheck.check(signer(Suite.RSA_SHA256).certificate(), List.of(), trust, unproven()));
            assertThat(reasons).isEqualTo(publishes ? List.of(Gap.TRY_LATER) : List.of());
        }
    }

    @Test
    void profileOfAnotherRegion_isMetOrNot() {
        var list = list(1, START, Optional.empty());
        var agreed = RegionProfile.standard(START);
        assertThat(reasons(list, Optional.of(agreed), unproven())).isEmpty();
        var unmet = List.of(
                new RegionProfile(Set.of(Kind.SEAL_MAKER), Set.of(), Map.of(), false, START, Optional.empty()),
                new RegionProfile(Set.of(Kind.CA), Set.of(), Map.of("RSA", 3072), false, START, Optional.empty()),
                new RegionProfile(Set.of(Kind.CA), Set.of(), Map.of("SM2", 256), false, START, Optional.empty()),
                new RegionProfile(Set.of(Kind.CA), Set.of(), Map.of(), true, START, Optional.empty()),
                new RegionProfile(Set.of(Kind.CA), Set.of(), Map.of(), false, NOW.plusSeconds(1), Optional.empty()),
                new RegionProfile(Set.of(Kind.CA), Set.of(), Map.of(), false, START, Optional.of(NOW.minusSeconds(9))));
        for (var profile : unmet) {
            assertThat(RegionProfile.read(profile.toJson())).isEqualTo(profile);
            assertThat(reasons(list, Optional.of(profile), unproven()))
                    .as("%s", profile)
                    .containsExactly(Gap.REGION_PROFILE_UNMET);
        }
    }

    @Test
    void sealOfATypeThatWasNotAgreed_isAGap() {
        var maker = authority.sealMaker().certificate();
        var profile =
                new RegionProfile(Set.of(Kind.SEAL_MAKER), Set.of(1, 2), Map.of(), false, START, Optional.empty());
        Listing listed = new ListedTrust(list(1, START, Optional.empty()), Optional.of(profile));
        assertThat(listed.judgeSealMaker(maker, seal(1), unproven())).allMatch(Check::passed);
        assertThat(reasons(listed.judgeSealMaker(maker, seal(5), unproven())))
                .containsExactly(Gap.REGION_PROFILE_UNMET);
        assertThat(listed.judgeSealMaker(signer(Suite.SM2_SM3).certificate(), seal(1), unproven()))
                .isEmpty();
    }

    @Test
    void licenceOfAnAuthorityThatDidNotSign_isAGap() {
        Listing listed = new ListedTrust(list(1, START, Optional.empty()), Optional.empty());
        var own = "C=CN,O=" + BODY + ",CN=" + BODY;
        assertThat(listed.judgeIssuer(LICENCE, List.of("CN=somebody", own))
                        .orElseThrow()
                        .passed())
                .isTrue();
        assertThat(listed.judgeIssuer(LICENCE, List.of("CN=a,organizationIdentifier=NTRCN-" + CODE))
                        .orElseThrow()
                        .passed())
                .isTrue();
        for (var stranger : List.of("C=CN,O=西原市公安局", "C=CN,O=" + BODY + "附属印刷厂", "C=CN,OU=" + BODY, "")) {
            assertThat(listed.judgeIssuer(LICENCE, List.of(stranger))
                            .orElseThrow()
                            .reason())
                    .as(stranger)
                    .contains(Gap.SIGNER_NOT_ISSUING_AUTHORITY);
        }
        var unknown = LICENCE.replace(CODE, "11430000006122244L");
        assertThat(listed.judgeIssuer(unknown, List.of("CN=somebody"))).isEmpty();
        assertThat(listed.judgeIssuer("no licence", List.of("CN=somebody"))).isEmpty();
    }

    @Test
    void store_keepsTheNextEdition_andNoEarlierOne() {
        var key = CUSTODIAN.findOrMake("list-own", KeyKind.P_256);
        var signer = new ListSigner(key.publicKey());
        var store = new TrustListStore(folder);
        assertThat(store.own()).isEmpty();
        var second = ListSigner.sign(list(2, START, Optional.empty()), key);
        store.keepOwn(second, signer);
        store.keepOwn(second, signer);
        assertThat(new TrustListStore(folder).own().orElseThrow().list().sequence())
                .isEqualTo(2);
        refused(
                "trust-list-rollback",
                () -> store.keepOwn(ListSigner.sign(list(1, START, Optional.empty()), key), signer));
        var sameNumber = ListSigner.sign(list(2, START.plusSeconds(1), Optional.empty()), key);
        refused("trust-list-rollback", () -> store.keepOwn(sameNumber, signer));
        assertThat(store.trust().anchors()).isNotEmpty();
    }

    @Test
    void importedList_isPinnedToItsKey_andChangedFilesAreRefused() throws Exception {
        var key = CUSTODIAN.findOrMake("list-foreign", KeyKind.SM2);
        var signer = new ListSigner(key.publicKey());
        var store = new TrustListStore(folder);
        var profile = RegionProfile.standard(START);
        store.keepImported(ListSigner.sign(list(1, START, Optional.empty()), key), signer, profile);
        var stranger = CUSTODIAN.findOrMake("list-stranger", KeyKind.SM2);
        refused(
                "trust-list-key",
                () -> store.keepImported(
                        ListSigner.sign(list(2, START, Optional.empty()), stranger),
                        new ListSigner(stranger.publicKey()),
                        profile));
        assertThat(store.imported()).hasSize(1);
        var file = folder.resolve("imported/330000.jws");
        Files.writeString(file, Files.readString(file).replaceFirst("\\.[A-Za-z]", ".Q"));
        refused("trust-list-signature", store::imported);
        assertThat(store.remove("330000")).isTrue();
        assertThat(store.remove("330000")).isFalse();
        assertThat(store.imported()).isEmpty();
        refused("trust-list-region", () -> store.remove("../own"));
    }

    private static TrustList list(long sequence, Instant from, Optional<Instant> until) {
        var entries = new ArrayList<TrustEntry>();
        var issuing = authority.trust().anchors();
        entries.add(new TrustEntry(
                Kind.CA, name("演示 CA"), Optional.empty(), List.copyOf(issuing), from, until, List.of("3300"), true));
        entries.add(entry(Kind.SEAL_MAKER, List.of(authority.sealMaker().certificate())));
        entries.add(new TrustEntry(
                Kind.AUTHORITY, name(BODY), Optional.of(CODE), List.of(), from, Optional.empty(), List.of(), true));
        return new TrustList("330000", name("浙江"), sequence, START, REPLACED, entries);
    }

    private static Listing.OfSeal seal(int type) {
        return new Listing.OfSeal("33010600000001", type, List::of);
    }

    private static TrustEntry entry(Kind kind, List<X509Certificate> certificates) {
        return new TrustEntry(
                kind, name("一个"), Optional.empty(), certificates, START, Optional.empty(), List.of(), true);
    }

    private static Bilingual name(String zh) {
        return new Bilingual(zh, "name");
    }

    private static Moment unproven() {
        return Moment.unproven(NOW, NOW);
    }

    private static Signer signer(Suite suite) {
        return authority.signer(BODY, suite);
    }

    private static RevocationData crls() {
        return new RevocationData(authority.crls(), List.of());
    }

    private static List<Check> checks(Suite suite, TrustList list, Optional<RegionProfile> profile, Moment moment) {
        Trust trust = new ListedTrust(list, profile).trust().with(crls());
        return PathCheck.check(signer(suite).certificate(), List.of(), trust, moment);
    }

    private static List<Reason> reasons(TrustList list, Optional<RegionProfile> profile, Moment moment) {
        return reasons(checks(Suite.RSA_SHA256, list, profile, moment)).stream()
                .filter(reason -> reason != Gap.TRY_LATER) // the lists are of one month only
                .toList();
    }

    private static List<Reason> reasons(List<Check> checks) {
        return checks.stream().flatMap(check -> check.reason().stream()).toList();
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}

package org.yinzheng.signing.trustlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.yinzheng.signing.certificate.TestPki.DAY;
import static org.yinzheng.signing.certificate.TestPki.NOW;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Listing;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.PathCheck;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.TestPki;
import org.yinzheng.signing.certificate.TestPki.Party;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.trustlist.TrustEntry.Kind;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// Entries of a trust list that are believed for some regions only.
class RegionTest {
    /// Of 330105.
    private static final String CODE = "11330105002500287C";

    private static final String OF_HUNAN = "11430000006122244L";
    private static final Moment MOMENT = Moment.unproven(NOW, NOW);

    private final TestPki pki = new TestPki(KeyKind.P_256);
    private final Party root = pki.root("root");

    @ParameterizedTest
    @CsvSource({
        "33,true",
        "330000,true",
        "3301,true",
        "330105,true",
        "330106,false",
        "43,false",
        "430000,false",
        "10,false"
    })
    void signerIsOfTheRegionOfItsCreditCode(String region, boolean covered) {
        var reasons = reasons(pki.leaf(root, "某局 " + CODE), ca(region));
        assertThat(reasons).isEqualTo(covered ? List.of() : List.of(Gap.REGION_NOT_TRUSTED));
    }

    @Test
    void severalRegions_eachCounts() {
        var list = list(entry(Kind.CA, "CA", Optional.empty(), List.of("3302", "4300"), root.certificate()));
        assertThat(reasons(pki.leaf(root, OF_HUNAN), list)).isEmpty();
        assertThat(reasons(pki.leaf(root, CODE), list)).containsExactly(Gap.REGION_NOT_TRUSTED);
    }

    @Test
    void entryWithoutRegions_isForAll() {
        var list = list(entry(Kind.CA, "CA", Optional.empty(), List.of(), root.certificate()));
        assertThat(reasons(pki.leaf(root, "somebody"), list)).isEmpty();
        assertThat(reasons(pki.leaf(root, OF_HUNAN), list)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "somebody",
                "11330105002500287D",
                "X11330105002500287C",
                "11330105002500287C9",
                CODE + " " + OF_HUNAN,
                "330105"
            })
    void whatNamesNoRegion_orTwo_isAGap(String name) {
        assertThat(reasons(pki.leaf(root, name), ca("33"))).containsExactly(Gap.REGION_UNKNOWN);
    }

    @Test
    void authorityOfTheList_isKnownByItsName() {
        var signer = pki.leaf(root, "某市某局");
        var authority = entry(Kind.AUTHORITY, "某市某局", Optional.of(CODE), List.of());
        for (var region : List.of("33", "43")) {
            var list = list(entry(Kind.CA, "CA", Optional.empty(), List.of(region), root.certificate()), authority);
            assertThat(reasons(signer, list))
                    .isEqualTo(region.equals("33") ? List.of() : List.of(Gap.REGION_NOT_TRUSTED));
        }
    }

    @Test
    void oneEntryForTheRegionIsEnough() {
        var list = list(
                entry(Kind.CA, "for another", Optional.empty(), List.of("43"), root.certificate()),
                entry(Kind.CA, "for this", Optional.empty(), List.of("33"), root.certificate()));
        assertThat(reasons(pki.leaf(root, CODE), list)).isEmpty();
        var trust = ca("43").trust().plus(ca("33").trust());
        var checks = PathCheck.check(pki.leaf(root, CODE).certificate(), List.of(), withLists(trust), MOMENT);
        assertThat(reasons(checks)).isEmpty();
    }

    @Test
    void timestampAuthority_isOfNoRegion() {
        assertThatThrownBy(() -> entry(Kind.TSA, "TSA", Optional.empty(), List.of("33"), root.certificate()))
                .isInstanceOf(InvalidInput.class);
        var tsa = pki.leaf(root, "time");
        var below = ca("43").judge(List.of(tsa.certificate(), root.certificate()), Listing.Role.TIMESTAMPER, MOMENT);
        assertThat(below).isNotEmpty().allMatch(Check::passed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "330", "浙江", "3301055", "33010500"})
    void regionThatIsNoDivisionCode_isRefused(String region) {
        assertThatThrownBy(() -> ca(region)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void sealMaker_countsForSealsOfTheRegion() {
        var maker = pki.leaf(root, "maker");
        var list = list(entry(Kind.SEAL_MAKER, "maker", Optional.empty(), List.of("3301"), maker.certificate()));
        var here = pki.leaf(root, CODE).certificate();
        var elsewhere = pki.leaf(root, OF_HUNAN).certificate();
        assertThat(seal(list, maker, "", List.of(here))).isEmpty();
        assertThat(seal(list, maker, "", List.of(elsewhere))).containsExactly(Gap.REGION_NOT_TRUSTED);
        assertThat(seal(list, maker, "", List.of(here, elsewhere))).containsExactly(Gap.REGION_UNKNOWN);
        assertThat(seal(list, maker, "33010600000001", List.of())).isEmpty();
        assertThat(seal(list, maker, "53011200000556", List.of())).containsExactly(Gap.REGION_NOT_TRUSTED);
        for (var id : List.of("", "330106", "3301060000000A", "99010600000001", "330106000000012")) {
            assertThat(seal(list, maker, id, List.of())).as(id).containsExactly(Gap.REGION_UNKNOWN);
        }
    }

    private static List<Reason> seal(ListedTrust list, Party maker, String id, List<X509Certificate> signers) {
        return reasons(list.judgeSealMaker(maker.certificate(), new Listing.OfSeal(id, 1, () -> signers), MOMENT));
    }

    private List<Reason> reasons(Party signer, ListedTrust list) {
        return reasons(PathCheck.check(signer.certificate(), List.of(), withLists(list.trust()), MOMENT));
    }

    private Trust withLists(Trust trust) {
        return trust.with(new RevocationData(List.of(TestPki.crl(root)), List.of()));
    }

    private static List<Reason> reasons(List<Check> checks) {
        return checks.stream().flatMap(check -> check.reason().stream()).toList();
    }

    private ListedTrust ca(String region) {
        return list(entry(Kind.CA, "CA", Optional.empty(), List.of(region), root.certificate()));
    }

    private static ListedTrust list(TrustEntry... entries) {
        var list = new TrustList(
                "330000", new Bilingual("省", "province"), 1, NOW.minus(DAY), NOW.plus(DAY), List.of(entries));
        return new ListedTrust(list, Optional.empty());
    }

    private static TrustEntry entry(
            Kind kind, String name, Optional<String> code, List<String> regions, X509Certificate... certificates) {
        return new TrustEntry(
                kind,
                new Bilingual(name, name),
                code,
                List.of(certificates),
                NOW.minus(DAY.multipliedBy(9)),
                Optional.empty(),
                regions,
                true);
    }
}

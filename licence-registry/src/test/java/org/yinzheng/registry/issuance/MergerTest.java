package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.IssuanceTest.issued;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.merger.Merger;
import org.yinzheng.registry.merger.MergerResult;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.registry.postgres.PostgresMergers;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.testdata.DemoPeople;

/// A body is merged into another.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MergerTest {
    private static final Grounds WHY = new Grounds("body-merged", "机构改革方案", "");
    private static final Authority POLICE = authority(DemoPeople.PUBLIC_SECURITY);
    private static final Authority MARKET = authority(DemoPeople.MARKET_SUPERVISION);

    private TestInstallation here;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void merged_passesItsLicencesOn_andTheirCorrectionsAreTheSuccessors() {
        var mergers = new PostgresMergers(here.database, here.clock);
        var old = issued(here.issuance().issue(TestInstallation.permit("merger-1-key", "M-1", 0), CLERK));
        here.disputes.file(
                old.id(),
                new Claim(List.of(new Claim.Point("KZ_ZZ", "")), "wrong"),
                Dispute.FiledAs.AUTHORITY,
                CLERK,
                "dispute-merger-1");
        assertThat(mergers.extent(POLICE.code())).isEqualTo(new Mergers.Extent(1, 1));
        assertThat(mergers.current(POLICE)).isEqualTo(POLICE);

        assertThat(mergers.merge(POLICE, MARKET, WHY, CLERK)).isInstanceOf(MergerResult.Done.class);

        assertThat(mergers.current(POLICE)).isEqualTo(MARKET);
        assertThat(mergers.takenOver(MARKET.code())).containsExactly(POLICE.code());
        var fact = here.licences.standing(old.id().value()).orElseThrow();
        assertThat(fact.authorityName()).isEqualTo(POLICE.name());
        assertThat(fact.succeededBy()).hasValue(MARKET.name());

        // again, back, or into one that is gone
        assertThat(mergers.merge(POLICE, MARKET, WHY, CLERK)).isInstanceOf(MergerResult.MergedBefore.class);
        assertThat(mergers.merge(MARKET, POLICE, WHY, CLERK)).isInstanceOf(MergerResult.IntoMerged.class);

        var merged = new Issuance(
                here.catalogue,
                here.intents,
                here.documents,
                new MergedOffice(here.office, mergers),
                here.press,
                here.clock);
        var corrected =
                issued(merged.issue(CorrectionTest.replacing(old, "merger-1-correct", "M-1", Optional.empty()), CLERK));
        assertThat(corrected.authority()).isEqualTo(MARKET);
        assertThat(corrected.id().authorityCode()).isEqualTo(MARKET.code().value());
        assertThat(corrected.entry().supersedes()).hasValue(old.id());
        assertThat(issued(merged.issue(TestInstallation.permit("merger-2-key", "M-2", 1), CLERK))
                        .authority())
                .isEqualTo(MARKET);

        // and on
        var third = new Authority(new CreditCode("113399000077441170"), "云泽市数据资源管理局");
        assertThat(mergers.merge(MARKET, third, WHY, CLERK)).isInstanceOf(MergerResult.Done.class);
        assertThat(mergers.current(POLICE)).isEqualTo(third);
        assertThat(mergers.all()).map(Merger::into).containsExactly(MARKET, third);
    }

    private static Authority authority(DemoPeople.Authority body) {
        return new Authority(new CreditCode(body.creditCode()), body.name());
    }
}

package org.yinzheng.cli;

import java.util.List;
import org.yinzheng.api.LifeParts;
import org.yinzheng.api.NoticeParts;
import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.postgres.PostgresDisputes;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.signing.key.KeyKind;

/// What happens to an installation's licences once they are issued, and who is told.
final class LifeSetup {
    /// 5 working days.
    private static final int DAYS_TO_DECIDE = 5;

    private LifeSetup() {}

    static LifeParts parts(Foundation base, Outbox outbox, CopyDesk copies) {
        var settings = base.settings();
        var disputes = settings.disputes();
        return new LifeParts(
                new PostgresLicenceLife(base.database(), base.vault(), base.clock()),
                new PostgresDisputes(
                        base.database(),
                        base.vault(),
                        disputes.flatMap(Settings.DisputeSettings::calendar)
                                .map(WorkingDays::load)
                                .orElseGet(WorkingDays::weekendsOnly),
                        disputes.flatMap(Settings.DisputeSettings::daysToDecide).orElse(DAYS_TO_DECIDE),
                        base.clock()),
                new NoticeParts(
                        outbox,
                        base.custodian().findOrMake("licence-notices-p256", KeyKind.P_256),
                        new AllowedHosts(settings.webhooks()
                                .map(Settings.WebhookSettings::hosts)
                                .orElse(List.of()))),
                copies,
                base.erasures());
    }
}

package org.yinzheng.registry.seals;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the daily quota of every seal, over all nodes, without a write for each stamp: a node leases a block and
/// counts it down in memory. Never more than the quota is given out. What a node has leased and not used is lost when
/// it crashes, and is out of the others' reach while it runs: so a block is a fiftieth of the quota.
public final class Quota {
    private static final int LARGEST_BLOCK = 1000;
    private static final int BLOCKS_A_DAY = 50;

    private final QuotaLeases leases;
    private final Clock clock;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();

    public Quota(QuotaLeases leases, Clock clock) {
        this.leases = leases;
        this.clock = clock;
    }

    /// Takes `n` uses of today's quota, all or none.
    ///
    /// @return false when so many are not left
    /// @throws org.yinzheng.signing.Failure.NotDone when the database had to be asked and is away
    public boolean take(String sealId, int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a use counts at least once");
        }
        return rests.computeIfAbsent(sealId, Rest::new).take(n);
    }

    /// Gives back what was taken today and not used. Lost when the day has changed.
    public void giveBack(String sealId, int n) {
        rests.computeIfAbsent(sealId, Rest::new).giveBack(n);
    }

    private final class Rest {
        private final String sealId;
        private LocalDate day = LocalDate.EPOCH;
        private int left;
        private int block = 1;

        Rest(String sealId) {
            this.sealId = sealId;
        }

        synchronized boolean take(int n) {
            turnPage();
            if (left < n) {
                var lease = leases.lease(sealId, day, Math.max(n - left, block));
                left += lease.granted();
                block = lease.limit() == 0 ? LARGEST_BLOCK : Math.clamp(lease.limit() / BLOCKS_A_DAY, 1, LARGEST_BLOCK);
            }
            if (left < n) {
                return false;
            }
            left -= n;
            return true;
        }

        synchronized void giveBack(int n) {
            turnPage();
            left += n;
        }

        private void turnPage() {
            var today = LocalDate.ofInstant(clock.instant(), GuardRails.ZONE);
            if (!today.equals(day)) {
                day = today;
                left = 0;
            }
        }
    }
}

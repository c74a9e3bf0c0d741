package org.yinzheng.registry.licence;

import java.time.LocalDate;
import java.util.Optional;

/// 在案状态: what the registry says of a licence today. Whether a document is *genuine* is another question.
public enum Standing {
    IN_FORCE("有效", "in force"),
    SUSPENDED("暂扣", "suspended"),
    REVOKED("吊销", "revoked"),
    SUPERSEDED("已被新证替代", "superseded"),
    /// Computed from the validity dates, never stored.
    NOT_YET_VALID("尚未生效", "not yet valid"),
    /// Computed from the validity dates, never stored.
    EXPIRED("已过有效期", "expired"),
    /// Ended, and its holder's data is erased. Told by a mark of its own, never stored as a state.
    ERASED("已终止，登记数据已删除", "ended, its data erased");

    private final String chinese;
    private final String english;

    Standing(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /// Of a licence whose recorded state is "in force": through its last day.
    public static Standing inForceBetween(LocalDate from, Optional<LocalDate> until, LocalDate today) {
        if (today.isBefore(from)) {
            return NOT_YET_VALID;
        }
        return until.filter(today::isAfter).isPresent() ? EXPIRED : IN_FORCE;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}

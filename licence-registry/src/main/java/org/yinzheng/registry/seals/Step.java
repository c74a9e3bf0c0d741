package org.yinzheng.registry.seals;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yinzheng.registry.seals.Round.Stage;

/// A step in a seal's life: who may do it, in which state of the seal, and how far it brings its round. The
/// constraints of the tables say the same again.
public enum Step {
    APPLY(Round.Kind.MAKING, Optional.empty(), Stage.OPEN, "申请", "apply"),
    /// Made anew, for new certificates or another period. The old one stays in use until the new one is accepted.
    RENEW(Round.Kind.RENEWAL, Optional.empty(), Stage.OPEN, "申请换发", "apply for renewal"),
    APPROVE(Round.Kind.MAKING, Optional.of(Stage.OPEN), Stage.APPROVED, "批准", "approve"),
    REFUSE(Round.Kind.MAKING, Optional.of(Stage.OPEN), Stage.REFUSED, "不予批准", "refuse"),
    MAKE(Round.Kind.MAKING, Optional.of(Stage.APPROVED), Stage.MADE, "制作", "make"),
    ACCEPT(Round.Kind.MAKING, Optional.of(Stage.MADE), Stage.DONE, "领用", "take over"),
    SUSPEND(Round.Kind.SUSPENSION, Optional.empty(), Stage.OPEN, "停用", "suspend"),
    RESUME(Round.Kind.SUSPENSION, Optional.of(Stage.OPEN), Stage.DONE, "恢复", "resume"),
    /// At once and by one person: the danger does not wait.
    REPORT_LOST(Round.Kind.LOSS, Optional.empty(), Stage.DONE, "挂失", "report lost"),
    REQUEST_DESTRUCTION(Round.Kind.DESTRUCTION, Optional.empty(), Stage.OPEN, "申请销毁", "request destruction"),
    DESTROY(Round.Kind.DESTRUCTION, Optional.of(Stage.OPEN), Stage.DONE, "销毁", "destroy"),
    CHANGE_RAILS(Round.Kind.RAILS, Optional.empty(), Stage.DONE, "修改用印限制", "change guard rails");

    private static final String CUSTODIAN = "seal-custodian";
    private static final String SECURITY = "security-admin";
    private static final String MAKER = "seal-maker";

    private final Round.Kind round;
    private final Optional<Stage> from;
    private final Stage to;
    private final String chinese;
    private final String english;

    Step(Round.Kind round, Optional<Stage> from, Stage to, String chinese, String english) {
        this.round = round;
        this.from = from;
        this.to = to;
        this.chinese = chinese;
        this.english = english;
    }

    /// Who does it, as in an [org.yinzheng.registry.licence.Actor].
    public Set<String> roles() {
        return switch (this) {
            case APPLY, RENEW, ACCEPT, REQUEST_DESTRUCTION -> Set.of(CUSTODIAN);
            case APPROVE, REFUSE, RESUME, DESTROY, CHANGE_RAILS -> Set.of(SECURITY);
            case SUSPEND, REPORT_LOST -> Set.of(CUSTODIAN, SECURITY);
            case MAKE -> Set.of(MAKER);
        };
    }

    /// In which the seal must be.
    public Set<SealState> states() {
        return switch (this) {
            case APPLY -> Set.of();
            case RENEW, SUSPEND -> Set.of(SealState.IN_USE);
            case APPROVE, REFUSE, MAKE, ACCEPT -> Set.of(SealState.PENDING, SealState.IN_USE);
            case RESUME -> Set.of(SealState.SUSPENDED);
            case REPORT_LOST -> Set.of(SealState.IN_USE, SealState.SUSPENDED);
            case REQUEST_DESTRUCTION, DESTROY -> Set.of(SealState.IN_USE, SealState.SUSPENDED, SealState.LOST);
            case CHANGE_RAILS -> Set.of(SealState.PENDING, SealState.IN_USE, SealState.SUSPENDED);
        };
    }

    /// The kinds of round that it is a step of.
    public Set<Round.Kind> rounds() {
        return round == Round.Kind.MAKING && this != APPLY ? Set.of(round, Round.Kind.RENEWAL) : Set.of(round);
    }

    /// The stage that it leaves; absent when it begins a round.
    public Optional<Stage> from() {
        return from;
    }

    public Stage to() {
        return to;
    }

    public boolean needsReason() {
        return switch (this) {
            case REFUSE, SUSPEND, REPORT_LOST, REQUEST_DESTRUCTION, DESTROY -> true;
            case APPLY, RENEW, APPROVE, MAKE, ACCEPT, RESUME, CHANGE_RAILS -> false;
        };
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /// `report-lost`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Step> find(String wireName) {
        return Stream.of(values())
                .filter(step -> step.wireName().equals(wireName))
                .findFirst();
    }
}

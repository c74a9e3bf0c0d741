package org.yinzheng.registry.seals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.key.Suite;

/// A matter of one seal that takes several people, each doing one step of it.
///
/// @param number counts the matters of a seal from 1
/// @param validUntil the last day of the seal that is made in it; present for [Kind#MAKING] and [Kind#RENEWAL]
/// @param signers the keys that the seal is made for, once it is approved
public record Round(int number, Kind kind, Stage stage, Optional<LocalDate> validUntil, List<SignerKey> signers) {
    public enum Kind {
        MAKING("新制", "making"),
        RENEWAL("换发", "renewal"),
        SUSPENSION("停用", "suspension"),
        LOSS("挂失", "loss"),
        DESTRUCTION("销毁", "destruction"),
        RAILS("用印限制", "guard rails");

        private final String chinese;
        private final String english;

        Kind(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }

    public enum Stage {
        /// Begun: an application to be approved, a suspension to be lifted, a destruction to be done.
        OPEN,
        APPROVED,
        MADE,
        DONE,
        REFUSED,
        /// Overtaken by a loss or a destruction.
        CANCELLED
    }

    public Round {
        signers = List.copyOf(signers);
    }

    public boolean isMaking() {
        return kind == Kind.MAKING || kind == Kind.RENEWAL;
    }

    public Optional<SignerKey> signer(Suite suite) {
        return signers.stream().filter(key -> key.suite() == suite).findFirst();
    }

    /// One entry of a seal's history.
    ///
    /// @param sealVersion the seal's version that it led to
    public record Done(
            int round,
            Step step,
            long sealVersion,
            org.yinzheng.registry.licence.Actor actor,
            String reason,
            Instant at) {}
}

package org.yinzheng.registry.seals;

import org.yinzheng.signing.InvalidInput;

/// Why a seal may not be used now. Codes are stable.
public sealed interface Refusal {
    String code();

    String chinese();

    String english();

    default InvalidInput asInput() {
        return new InvalidInput(code(), "", english());
    }

    /// Whether what is refused today may be allowed tomorrow: a seal's refusal, as [#asInput] made it.
    static boolean passes(InvalidInput refused) {
        return refused.code().startsWith("seal-");
    }

    record NotInUse(SealState state) implements Refusal {
        @Override
        public String code() {
            return "seal-not-in-use";
        }

        @Override
        public String chinese() {
            return "印章" + state.chinese() + "，不能用印。";
        }

        @Override
        public String english() {
            return "the seal is " + state.english() + " and may not be used";
        }
    }

    record OutOfValidity() implements Refusal {
        @Override
        public String code() {
            return "seal-out-of-validity";
        }

        @Override
        public String chinese() {
            return "印章或签章证书不在有效期内，请先换发。";
        }

        @Override
        public String english() {
            return "the seal or a certificate of its signers is out of its period: renew it";
        }
    }

    record NotYourAuthority() implements Refusal {
        @Override
        public String code() {
            return "seal-not-your-authority";
        }

        @Override
        public String chinese() {
            return "该印章不供您所在的机构使用。";
        }

        @Override
        public String english() {
            return "this seal is not for the people of your authority";
        }
    }

    record KindNotAllowed(DocumentKind kind) implements Refusal {
        @Override
        public String code() {
            return "seal-kind-not-allowed";
        }

        @Override
        public String chinese() {
            return "该印章不可用于此类文件（" + kind + "）。";
        }

        @Override
        public String english() {
            return "this seal may not stamp documents of the kind " + kind;
        }
    }

    record TypeNotAllowed() implements Refusal {
        @Override
        public String code() {
            return "seal-type-not-allowed";
        }

        @Override
        public String chinese() {
            return "该印章不可用于此类型的证照。";
        }

        @Override
        public String english() {
            return "this seal may not stamp licences of this type";
        }
    }

    record OutsideHours(GuardRails.Hours hours) implements Refusal {
        @Override
        public String code() {
            return "seal-outside-hours";
        }

        @Override
        public String chinese() {
            return "不在允许的用印时间内（北京时间 " + hours.from() + "—" + hours.until() + "）。";
        }

        @Override
        public String english() {
            return "outside the hours in which this seal may be used (" + hours.from() + " to " + hours.until()
                    + ", China's time)";
        }
    }

    /// A certificate of the seal's signers would not be believed.
    ///
    /// @param cause such as `certificate-revoked`, as when certificates are taken in
    record BadCertificate(String cause) implements Refusal {
        @Override
        public String code() {
            return "seal-" + cause;
        }

        @Override
        public String chinese() {
            return "印章的签章证书不能使用（" + cause + "），请先换发。";
        }

        @Override
        public String english() {
            return "a certificate of the seal's signers would not be believed (" + cause + "): renew the seal";
        }
    }

    record ReleaseNeeded(int threshold) implements Refusal {
        @Override
        public String code() {
            return "seal-release-needed";
        }

        @Override
        public String chinese() {
            return "一次用印超过 " + threshold + " 份文件，须由另一人放行。";
        }

        @Override
        public String english() {
            return "more than " + threshold + " documents at once need the release of a second person";
        }
    }

    record QuotaUsedUp() implements Refusal {
        @Override
        public String code() {
            return "seal-quota-used-up";
        }

        @Override
        public String chinese() {
            return "今日用印次数已达上限。";
        }

        @Override
        public String english() {
            return "the seal's quota of today is used up";
        }
    }
}

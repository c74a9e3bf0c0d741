package org.yinzheng.signing;

import org.jspecify.annotations.Nullable;

/// We could not do what was asked, through no fault of the asker. The type says what is true now:
/// a caller may repeat after [NotDone], and must look before repeating after [Unknown].
/// Messages name what failed and what to do next, and never hold a PIN, a key or a holder's number.
public abstract sealed class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// Nothing happened: the token, the database or the disk was not there. Worth repeating later.
    public static final class NotDone extends Failure {
        private static final long serialVersionUID = 1;

        public NotDone(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// The answer was lost (a commit, a token's reply): it may have happened. Reconciled on restart.
    public static final class Unknown extends Failure {
        private static final long serialVersionUID = 1;

        public Unknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}

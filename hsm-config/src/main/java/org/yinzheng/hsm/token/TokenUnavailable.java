package org.yinzheng.hsm.token;

import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.Failure;

/// The token cannot be used now. Callers outside this module meet it as the cause of a [Failure.NotDone].
public final class TokenUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    private final TokenFault fault;

    /// @param detail which library, label or mechanism; empty when there is nothing to add
    TokenUnavailable(TokenFault fault, String detail, @Nullable Throwable cause) {
        super(
                "Token: " + fault.what() + (detail.isEmpty() ? "" : " (" + detail + ")") + ". To do: " + fault.next(),
                cause);
        this.fault = fault;
    }

    /// What a login's return code means. The PIN stays out of it.
    static TokenUnavailable ofLogin(CryptokiException e) {
        if (e.code() == CryptokiException.PIN_LOCKED) {
            return new TokenUnavailable(TokenFault.PIN_LOCKED, "", e);
        }
        if (e.code() >= CryptokiException.PIN_INCORRECT && e.code() <= CryptokiException.PIN_EXPIRED) {
            return new TokenUnavailable(TokenFault.PIN_WRONG, "", e);
        }
        return new TokenUnavailable(TokenFault.GONE, "", e);
    }

    public TokenFault fault() {
        return fault;
    }

    Failure.NotDone notDone() {
        return new Failure.NotDone(getMessage(), this);
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}

package org.yinzheng.hsm.token;

import java.security.GeneralSecurityException;

/// Something done with the token, within one [Token#use]. It may be run a second time after the token has been
/// opened again.
@FunctionalInterface
public interface TokenWork<T> {
    /// @throws GeneralSecurityException when the token did not do it
    T with(OpenToken token) throws GeneralSecurityException;
}

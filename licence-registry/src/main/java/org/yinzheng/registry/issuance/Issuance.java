package org.yinzheng.registry.issuance;

import org.yinzheng.registry.licence.Actor;

/// Issues licences.
public interface Issuance {
    /// Makes the licence that `request` asks for, once.
    ///
    /// @throws org.yinzheng.signing.InvalidInput nothing was stored
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was issued; repeat with the same key
    /// @throws org.yinzheng.signing.Failure.Unknown it may have been issued; repeating with the same key tells
    IssueResult issue(IssueRequest request, Actor actor);
}

package org.yinzheng.registry.issuance;

import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.life.Grounds;

/// That a licence is issued in place of another (纠错, 换证), which it supersedes in the same moment.
///
/// @param licence of the same type and authority, in force
/// @param seen the version of it that was decided upon; absent: whatever it is
/// @param grounds why it is replaced
public record Supersession(LicenceId licence, Optional<Long> seen, Grounds grounds) {}

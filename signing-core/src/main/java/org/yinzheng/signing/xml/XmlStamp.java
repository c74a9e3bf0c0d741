package org.yinzheng.signing.xml;

import java.time.Instant;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;

/// A signature that is to be put on an XML document.
///
/// @param at the time that the signer claims; a timestamp of level T proves its own
/// @param level [Level#B] or [Level#T]
/// @param accepted warnings that do not stop the stamping
public record XmlStamp(Signer signer, Instant at, Level level, Level.Shortfall shortfall, Set<Warning.Kind> accepted) {
    public XmlStamp {
        accepted = Set.copyOf(accepted);
        if (level != Level.B && level != Level.T) {
            throw new InvalidInput("level", "level", "an XML signature reaches level B or T");
        }
    }

    /// Level B, and nothing accepted that should make one think.
    public static XmlStamp baseline(Signer signer, Instant at) {
        return new XmlStamp(signer, at, Level.B, Level.Shortfall.REQUIRE, Set.of());
    }
}

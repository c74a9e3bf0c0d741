package org.yinzheng.signing.ofd;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;

/// A stamped OFD and what is to be known of it.
///
/// @param placed in the order of the places asked for; the slices of a seal across edges one after another
public record OfdStamped(DocumentBytes document, Level reached, List<Placed> placed, List<Warning> warnings) {
    public OfdStamped {
        placed = List.copyOf(placed);
        warnings = List.copyOf(warnings);
    }
}

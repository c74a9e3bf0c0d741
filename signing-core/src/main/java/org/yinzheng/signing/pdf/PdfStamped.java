package org.yinzheng.signing.pdf;

import java.util.List;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;

/// What became of a stamp.
///
/// @param reached less than was asked for only after [Level.Shortfall#DEGRADE]
/// @param placed in the order of the places asked for
/// @param warnings what somebody should know; the refusable ones among them were accepted
public record PdfStamped(Level reached, List<Placed> placed, List<Warning> warnings) {
    public PdfStamped {
        placed = List.copyOf(placed);
        warnings = List.copyOf(warnings);
    }

    /// With the stamped document, where it is in memory.
    public record InMemory(DocumentBytes document, PdfStamped stamped) {}
}

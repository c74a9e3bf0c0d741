package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// One stamp to put into an OFD.
///
/// @param places where the seal is shown, all by one signature; none for a stamp that nobody sees
/// @param closes whether nothing may be stamped after it: see `docs/decisions/0004-one-stamp-closes-an-ofd.md`
/// @param level [Level#B] or [Level#T]
/// @param accepted refusable warnings with which the document is to be stamped all the same
public record OfdStamp(
        Seal seal,
        Signer signer,
        Instant at,
        List<Place> places,
        boolean closes,
        Level level,
        Level.Shortfall shortfall,
        Set<Warning.Kind> accepted) {
    public OfdStamp {
        places = List.copyOf(places);
        accepted = Set.copyOf(accepted);
    }

    /// As licences are stamped: the only stamp of the document, without a timestamp.
    public static OfdStamp closing(Seal seal, Signer signer, Instant at, Place... where) {
        return new OfdStamp(seal, signer, at, List.of(where), true, Level.B, Level.Shortfall.REQUIRE, Set.of());
    }
}

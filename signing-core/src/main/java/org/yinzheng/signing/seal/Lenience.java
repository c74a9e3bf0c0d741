package org.yinzheng.signing.seal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.BERTags;

/// Reads elements that real seals and stamps encode in another form than their standard says, and keeps a note
/// of each. Only forms that cannot be taken for anything else.
final class Lenience {
    private final List<String> deviations = new ArrayList<>();

    List<String> deviations() {
        return List.copyOf(deviations);
    }

    /// V1 wants UTCTime, the later versions GeneralizedTime.
    Instant time(Der element, int version) {
        boolean generalized = element.is(BERTags.GENERALIZED_TIME);
        if (generalized == (version == Seal.V1)) {
            note(generalized ? "GeneralizedTime in place of UTCTime" : "UTCTime in place of GeneralizedTime");
        }
        return generalized ? element.generalizedTime() : element.utcTime();
    }

    byte[] bits(Der element) {
        if (!element.is(BERTags.OCTET_STRING)) {
            return element.bits();
        }
        note("OCTET STRING in place of BIT STRING");
        return element.octets();
    }

    void note(String deviation) {
        if (!deviations.contains(deviation)) {
            deviations.add(deviation);
        }
    }
}

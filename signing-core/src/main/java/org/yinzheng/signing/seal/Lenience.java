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
        var time = generalized ? element.generalizedTime() : element.utcTime();
        if (!time.zoned()) {
            note("a time without a zone");
        }
        return time.instant();
    }

    byte[] bits(Der element) {
        if (!element.is(BERTags.OCTET_STRING)) {
            return element.bits();
        }
        note("OCTET STRING in place of BIT STRING");
        return element.octets();
    }

    /// A bare SEQUENCE in most seals; under a tag or in an OCTET STRING in some.
    Der extensions(Der element) {
        if (element.is(Der.CONTEXT_0)) {
            note("extDatas under a tag");
            return SealReader.only(element);
        }
        if (element.is(BERTags.OCTET_STRING)) {
            note("extDatas in an OCTET STRING");
            return Der.whole(element.octets(), "extDatas");
        }
        return element;
    }

    void note(String deviation) {
        if (!deviations.contains(deviation)) {
            deviations.add(deviation);
        }
    }
}

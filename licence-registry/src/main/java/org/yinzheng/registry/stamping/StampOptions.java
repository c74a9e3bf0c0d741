package org.yinzheng.registry.stamping;

import java.util.List;
import java.util.Set;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// How documents are to be stamped: the same for all documents of a request.
///
/// @param places where the seal is drawn; none: an invisible signature
/// @param signatures of a PDF; an OFD always bears a GB/T 38540 stamp
/// @param allowedChanges what a PDF's first signature allows to be changed later
/// @param closes an OFD: whether later stamps are ruled out
/// @param accepted warnings that would otherwise stop the stamping
public record StampOptions(
        List<Place> places,
        Level level,
        Level.Shortfall shortfall,
        Signatures signatures,
        AllowedChanges allowedChanges,
        boolean closes,
        Set<Warning.Kind> accepted) {
    public StampOptions {
        places = List.copyOf(places);
        accepted = Set.copyOf(accepted);
    }

    /// With which keys a PDF or an XML document is signed.
    public enum Signatures {
        RSA,
        SM2,
        /// SM2 first and unseen, then RSA with the seal: readers that know no SM2 see a valid last signature.
        BOTH,
        /// PDF only: the GB/T 38540 value in place of a CMS.
        SES
    }

    /// DocMDP of ISO 32000-2 §12.8.2.2.
    public enum AllowedChanges {
        /// An approval signature: says nothing about changes.
        UNSAID,
        NONE,
        FORMS,
        FORMS_AND_ANNOTATIONS
    }
}

package org.yinzheng.registry.issuance;

import java.util.Set;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealPicture;

/// Who issues, and with which keys and seal. Wired from the token and the seals that this installation has.
public interface IssuingOffice {
    /// The authority that `actor` issues licences of this type for.
    ///
    /// @throws org.yinzheng.signing.InvalidInput `no-authority` when there is none
    Authority authorityFor(String typeCode, Actor actor);

    /// Who answers for what `issued` issued: itself, unless it was merged into another.
    default Authority current(Authority issued) {
        return issued;
    }

    /// Whose licences an authority has taken over.
    default Set<CreditCode> takenOver(CreditCode authority) {
        return Set.of();
    }

    /// What an authority signs and seals with. Called for each licence, and counts as a use of the seal: cache what is
    /// dear.
    ///
    /// @throws org.yinzheng.signing.InvalidInput when the seal may not be used now; the code begins with `seal-`
    /// @throws org.yinzheng.signing.Failure.NotDone when the token is away
    Desk desk(Authority authority, String typeCode, Actor actor);

    /// @param rsa signs the PDF for readers everywhere
    /// @param sm2 signs the PDF and stamps the OFD under the national suite; listed in the seal
    /// @param seal 电子印章, put on the OFD
    /// @param sealRound in which the seal was made
    /// @param picture of the same seal, drawn on the PDF
    record Desk(Authority authority, Signer rsa, Signer sm2, Seal seal, int sealRound, SealPicture picture) {}
}

package org.yinzheng.api;

import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.LicencePage;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Revocation;
import org.yinzheng.registry.licence.RevokeResult;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

/// A registry that is away, as it is when its database is.
final class AwayRegistry implements Licences, Issuance, IssuingOffice {
    private static Failure.NotDone away() {
        return new Failure.NotDone("the database is away", null);
    }

    @Override
    public Optional<Licence> find(LicenceId id) {
        throw away();
    }

    @Override
    public Optional<Licence> findOwn(LicenceId id, HolderId owner) {
        throw away();
    }

    @Override
    public LicencePage ofHolder(HolderId holder, int limit, Optional<String> after) {
        throw away();
    }

    @Override
    public Optional<Licence> byNumber(String typeCode, LicenceNumber number) {
        throw away();
    }

    @Override
    public Optional<DocumentBytes> rendition(LicenceId id, Format format) {
        throw away();
    }

    @Override
    public RevokeResult revoke(LicenceId id, Revocation revocation, Actor actor) {
        throw away();
    }

    @Override
    public Optional<StandingFact> standing(String licenceId) {
        throw away();
    }

    @Override
    public IssueResult issue(IssueRequest request, Actor actor) {
        throw away();
    }

    @Override
    public Authority authorityFor(String typeCode, Actor actor) {
        throw away();
    }

    @Override
    public Desk desk(Authority authority) {
        throw away();
    }
}

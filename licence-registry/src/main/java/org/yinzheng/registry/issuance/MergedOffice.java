package org.yinzheng.registry.issuance;

import java.util.Set;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.merger.Mergers;

/// An office in which bodies have been merged: whoever issued for one that is gone issues for its successor.
public record MergedOffice(IssuingOffice office, Mergers mergers) implements IssuingOffice {
    @Override
    public Authority authorityFor(String typeCode, Actor actor) {
        return mergers.current(office.authorityFor(typeCode, actor));
    }

    @Override
    public Desk desk(Authority authority, String typeCode, Actor actor) {
        return office.desk(authority, typeCode, actor);
    }

    @Override
    public Authority current(Authority issued) {
        return mergers.current(issued);
    }

    @Override
    public Set<CreditCode> takenOver(CreditCode authority) {
        return mergers.takenOver(authority);
    }
}

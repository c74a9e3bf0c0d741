package org.yinzheng.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.SealDesks;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// The authorities of `yinzheng.yaml`, each with the registered seal that it names.
final class DemonstrationOffice implements IssuingOffice {
    private final Map<String, Settings.OfficeSettings> byTypeCode = new LinkedHashMap<>();
    private final Map<CreditCode, Settings.OfficeSettings> byCode = new LinkedHashMap<>();
    private final SealDesks desks;

    DemonstrationOffice(List<Settings.OfficeSettings> offices, Catalogue catalogue, SealDesks desks) {
        this.desks = desks;
        for (var office : offices) {
            byCode.put(new CreditCode(office.creditCode()), office);
            for (var type : office.types()) {
                byTypeCode.put(catalogue.code(type), office);
            }
        }
    }

    @Override
    public Authority authorityFor(String typeCode, Actor actor) {
        var office = byTypeCode.get(typeCode);
        if (office == null) {
            throw new InvalidInput(
                    "no-authority", "type", "no authority here issues this type: see authorities in yinzheng.yaml");
        }
        return new Authority(new CreditCode(office.creditCode()), office.name());
    }

    @Override
    public Desk desk(Authority authority, String typeCode, Actor actor) {
        var office = byCode.get(authority.code());
        if (office == null) {
            throw new InvalidInput(
                    "no-authority", "", "yinzheng.yaml no longer names the authority " + authority.code());
        }
        return desks.desk(authority, office.sealId(), typeCode, actor);
    }
}

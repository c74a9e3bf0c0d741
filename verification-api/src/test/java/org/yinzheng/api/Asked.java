package org.yinzheng.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.yinzheng.testdata.DemoPeople;

/// Requests to issue, as departments send them.
final class Asked {
    private Asked() {}

    static String newKey() {
        return "test-" + UUID.randomUUID();
    }

    /// 居住证 for one of the invented citizens.
    static ObjectNode residencePermit(DemoPeople.Citizen citizen) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "居住证");
        json.put("holderId", citizen.id());
        json.put("holderName", citizen.name());
        json.putObject("data")
                .put("KZ_XB", citizen.sex())
                .put("KZ_MZ", citizen.nation())
                .put("KZ_CSRQ", citizen.birth().toString())
                .put("KZ_ZZ", citizen.address());
        json.put("validFrom", "2026-11-01");
        return json;
    }

    /// 营业执照 for one of the invented companies.
    static ObjectNode businessLicence(DemoPeople.Company company) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "营业执照");
        json.put("holderId", company.creditCode());
        json.put("holderName", company.name());
        json.putObject("data")
                .put("KZ_LX", company.kind())
                .put("KZ_FDDBR", company.representative())
                .put("KZ_ZCZB", company.capital())
                .put("KZ_CLRQ", company.founded().toString())
                .put("KZ_ZS", company.address())
                .put("KZ_JYFW", company.scope());
        json.put("validFrom", company.founded().toString());
        return json;
    }
}

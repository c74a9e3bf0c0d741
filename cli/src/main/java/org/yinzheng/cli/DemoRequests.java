package org.yinzheng.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.testdata.DemoPeople;

/// What the demonstration asks the API to issue: a licence for each of its invented bodies and people.
final class DemoRequests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoRequests() {}

    /// @param title for a file's name
    record Named(String title, ObjectNode request) {}

    static List<Named> all(LocalDate validFrom) {
        var requests = new ArrayList<Named>();
        for (var company : DemoPeople.companies()) {
            var request = request("营业执照", company.name(), company.creditCode(), validFrom);
            request.putObject("data")
                    .put("KZ_LX", company.kind())
                    .put("KZ_FDDBR", company.representative())
                    .put("KZ_ZCZB", company.capital())
                    .put("KZ_CLRQ", company.founded().toString())
                    .put("KZ_ZS", company.address())
                    .put("KZ_JYFW", company.scope());
            requests.add(new Named("营业执照-" + company.name(), request));
        }
        for (var citizen : DemoPeople.citizens()) {
            var request = request("居住证", citizen.name(), citizen.id(), validFrom);
            request.putObject("data")
                    .put("KZ_XB", citizen.sex())
                    .put("KZ_MZ", citizen.nation())
                    .put("KZ_CSRQ", citizen.birth().toString())
                    .put("KZ_ZZ", citizen.address());
            requests.add(new Named("居住证-" + citizen.name(), request));
        }
        return requests;
    }

    private static ObjectNode request(String type, String holderName, String holderId, LocalDate validFrom) {
        return JSON.createObjectNode()
                .put("type", type)
                .put("holderName", holderName)
                .put("holderId", holderId)
                .put("validFrom", validFrom.toString());
    }
}

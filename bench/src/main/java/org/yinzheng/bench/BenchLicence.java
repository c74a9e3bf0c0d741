package org.yinzheng.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.yinzheng.cli.Installation;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.testdata.DemoPeople;

/// The licence that every benchmark works with: a 营业执照.
final class BenchLicence {
    static final Actor OFFICER = new Actor("bench", "issuer");

    private BenchLicence() {}

    static Licence issue(Installation installation) {
        if (installation.issuance().issue(request("bench-the-first"), OFFICER) instanceof IssueResult.Issued issued) {
            return issued.licence();
        }
        throw new IllegalStateException("a new request issues");
    }

    static IssueRequest request(String idempotencyKey) {
        var company = DemoPeople.companies().getFirst();
        ObjectNode data = new ObjectMapper()
                .createObjectNode()
                .put("KZ_LX", company.kind())
                .put("KZ_FDDBR", company.representative())
                .put("KZ_ZCZB", company.capital())
                .put("KZ_CLRQ", company.founded().toString())
                .put("KZ_ZS", company.address())
                .put("KZ_JYFW", company.scope());
        return new IssueRequest(
                idempotencyKey,
                "营业执照",
                Optional.empty(),
                new Holder(new CreditCode(company.creditCode()), company.name()),
                data,
                LocalDate.now(Clock.systemUTC()),
                Optional.empty(),
                Optional.empty());
    }
}

package org.yinzheng.testdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.pdf.PdfRenderer;

/// Every invented person and body fits the demonstration's own licences.
class CataloguePagesTest {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年MM月dd日");
    private static final int LARGEST = 80_000;

    private final Typefaces typefaces = Typefaces.find();

    @Test
    void businessLicence_ofEveryCompany_fits() throws IOException {
        for (var company : DemoPeople.companies()) {
            var values = common(DemoPeople.MARKET_SUPERVISION);
            values.put("CZZT", company.name());
            values.put("CZZTDM", company.creditCode());
            values.put("KZ_LX", company.kind());
            values.put("KZ_FDDBR", company.representative());
            values.put("KZ_ZCZB", company.capital());
            values.put("KZ_CLRQ", DATE.format(company.founded()));
            values.put("KZ_ZS", company.address());
            values.put("KZ_JYFW", company.scope());
            check("business-licence", values, List.of("ZZYXQQSRQ", "ZZYXQJZRQ", "ZZMC", "KZ_YYQX"));
            // The longest scope that the schema allows.
            values.put("KZ_JYFW", "经营范围；".repeat(120));
            check("business-licence", values, List.of("ZZYXQQSRQ", "ZZYXQJZRQ", "ZZMC", "KZ_YYQX"));
        }
    }

    @Test
    void residencePermit_ofEveryCitizen_fits() throws IOException {
        for (var citizen : DemoPeople.citizens()) {
            var values = common(DemoPeople.PUBLIC_SECURITY);
            values.put("CZZT", citizen.name());
            values.put("CZZTDM", citizen.id());
            values.put("KZ_XB", citizen.sex());
            values.put("KZ_MZ", citizen.nation());
            values.put("KZ_CSRQ", DATE.format(citizen.birth()));
            values.put("KZ_ZZ", citizen.address());
            check("residence-permit", values, List.of("ZZMC"));
        }
    }

    @Test
    void code_ofEveryType_isCreditCodeAndThreeDigits() throws IOException {
        for (var name : List.of("business-licence", "residence-permit")) {
            var code = pack(name).path("code").asText();
            assertThat(code).hasSize(21).matches("[0-9A-Z]{18}[0-9]{3}");
            assertThat(code.substring(0, 18))
                    .isEqualTo(
                            CheckDigits.creditCode(code.substring(0, 2), code.substring(2, 8), code.substring(8, 16)));
        }
    }

    private static Map<String, String> common(DemoPeople.Authority authority) {
        return new HashMap<>(Map.of(
                "ZZMC", "证照",
                "ZZBH", "20261121000017",
                "ZZBS", "1.2.156.3005.2.113399000077441170001.11339900MB0K25177N.20261121000017.001.X",
                "ZZBFJG", authority.name(),
                "ZZBFRQ", "2026年11月21日",
                "ZZYXQQSRQ", "2026年11月21日",
                "ZZYXQJZRQ", "2027年11月20日"));
    }

    private void check(String name, Map<String, String> values, List<String> notPrinted) throws IOException {
        var template = Template.parse(pack(name).path("template").toString());
        var page = new Layout(typefaces).lay(template, values, "https://licence.example/v/" + values.get("ZZBS"));
        var pdf = new PdfRenderer(typefaces)
                .render(page, new DocumentInfo(name, "1.2.3", new TreeMap<>(), Instant.parse("2026-11-21T08:00:00Z")));
        assertThat(pdf.size()).isLessThan(LARGEST);
        try (var document = Loader.loadPDF(pdf.toByteArray())) {
            var text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            values.forEach((key, value) -> {
                if (!notPrinted.contains(key)) {
                    assertThat(text).as(key).contains(value.replaceAll("\\s", ""));
                }
            });
        }
        assertSealCoversAuthorityAndDate(page, values);
    }

    private static void assertSealCoversAuthorityAndDate(Page page, Map<String, String> values) {
        var seal = Objects.requireNonNull(page.seal());
        var covered = new ArrayList<String>();
        for (var mark : page.marks()) {
            if (mark instanceof Page.Text text) {
                assertThat(text.x()).isBetween(0.0, page.width());
                assertThat(text.baseline()).isBetween(0.0, page.height());
                double right =
                        text.x() + text.advances().stream().mapToDouble(a -> a).sum() + text.size();
                boolean beside = right < seal.x() || text.x() > seal.x() + seal.width();
                boolean above = text.baseline() < seal.y() || text.baseline() > seal.y() + seal.height();
                if (!beside && !above) {
                    covered.add(text.text());
                }
            }
        }
        assertThat(covered)
                .containsExactly(
                        Objects.requireNonNull(values.get("ZZBFJG")), Objects.requireNonNull(values.get("ZZBFRQ")));
        assertThat(seal.x() + seal.width()).isLessThan(page.width());
        assertThat(seal.y() + seal.height()).isLessThan(page.height());
    }

    private static JsonNode pack(String name) throws IOException {
        try (var in = CataloguePagesTest.class.getResourceAsStream("/catalogue/" + name + ".yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(in);
        }
    }
}

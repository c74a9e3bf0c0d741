package org.yinzheng.signing.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.ofd.OfdSamples;
import org.yinzheng.signing.pdf.PdfRenderer;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.xml.LicenceXml;
import org.yinzheng.signing.xml.XmlStamp;
import org.yinzheng.signing.xml.XmlStamper;

class TwinsTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";
    private static final String TEMPLATE = """
            page: {width: 120, height: 80}
            seal: [60, 30, 42, 42]
            styles:
              value: {face: serif, size: 5, minimum: 3, colour: "#102030"}
            elements:
              - text: {text: "证照", at: [20, 20], width: 60, style: value}
            """;

    @TempDir
    private static Path folder;

    private static DemonstrationAuthority authority;
    private static DocumentVerifier verifier;
    private static Page page;
    private static Typefaces typefaces;

    @BeforeAll
    static void prepare() {
        authority = DemonstrationAuthority.open(
                new MemoryCustodian(), folder, Clock.fixed(AT.minusSeconds(3600), ZoneOffset.UTC));
        verifier = new DocumentVerifier(authority.trust());
        typefaces = Typefaces.find();
        page = new Layout(typefaces).lay(Template.parse(TEMPLATE), Map.of(), "https://example.org/v/1");
    }

    @Test
    void renditionsOfOneLicence_agree() {
        var twins = compare(pdf("海州市朝阳贸易有限公司"), xml("海州市朝阳贸易有限公司"));
        assertThat(twins).hasValueSatisfying(found -> {
            assertThat(found.files()).containsExactly("0", "1");
            assertThat(found.agree()).isTrue();
            assertThat(found.check().passed()).isTrue();
        });
    }

    @Test
    void genuineRenditionsWithAnotherHolder_nameTheField() {
        var twins = compare(pdf("海州市朝阳贸易有限公司"), xml("海州市夕阳贸易有限公司"), pdf("海州市朝阳贸易有限公司"))
                .orElseThrow();
        assertThat(twins.differences())
                .containsOnly(Map.entry("CZZT", Map.of("0", "海州市朝阳贸易有限公司", "1", "海州市夕阳贸易有限公司", "2", "海州市朝阳贸易有限公司")));
        assertThat(twins.check().reason()).contains(Flaw.TWINS_DIFFER);
        assertThat(twins.toString()).doesNotContain("贸易");
    }

    @Test
    void fieldThatOneLeavesOut_isADifference() {
        var more = new TreeMap<>(metadata("甲"));
        more.put("JYFW", "食品销售");
        var twins = compare(pdf("甲"), stampedXml(more)).orElseThrow();
        assertThat(twins.differences()).containsOnly(Map.entry("JYFW", Map.of("0", "", "1", "食品销售")));
    }

    @Test
    void otherLicencesAndWhatIsNotIntact_areNotCompared() {
        var changed = new String(xml("甲").toByteArray(), java.nio.charset.StandardCharsets.UTF_8).replace("甲", "乙");
        var tampered = DocumentBytes.owning(changed.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(compare(pdf("甲"), tampered, OfdSamples.STAMPED)).isEmpty();
    }

    private static Optional<Twins> compare(DocumentBytes... documents) {
        var reports = new LinkedHashMap<String, Report>();
        for (var document : List.of(documents)) {
            reports.put(Integer.toString(reports.size()), verifier.verify(document, AT));
        }
        return Twins.of(ID, reports);
    }

    private static Map<String, String> metadata(String holder) {
        return Map.of("ZZMC", "营业执照", "ZZBS", ID, "CZZT", holder);
    }

    private static DocumentBytes pdf(String holder) {
        var info = new DocumentInfo("营业执照", ID, new TreeMap<>(metadata(holder)), AT);
        var stamp = PdfStamp.baseline("authority", authority.signer("印证市市场监督管理局", Suite.RSA_SHA256), AT, "颁发");
        return new PdfStamper()
                .stamp(new PdfRenderer(typefaces).render(page, info), stamp)
                .document();
    }

    private static DocumentBytes xml(String holder) {
        return stampedXml(new TreeMap<>(metadata(holder)));
    }

    private static DocumentBytes stampedXml(SortedMap<String, String> metadata) {
        return new XmlStamper(Optional.empty())
                .stamp(
                        LicenceXml.of(ID, metadata),
                        XmlStamp.baseline(authority.signer("印证市市场监督管理局", Suite.SM2_SM3), AT))
                .document();
    }
}

package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

class ReportCodecTest {
    @ParameterizedTest
    @MethodSource
    void report_comesBackAsItWas(Report report) throws IOException {
        assertThat(ReportCodec.read(ReportCodec.write(report))).isEqualTo(report);
    }

    static Stream<Report> report_comesBackAsItWas() {
        var at = Instant.parse("2026-11-21T08:00:00.123456789Z");
        var everyReason = Stream.<Reason>concat(Stream.of(Flaw.values()), Stream.of(Gap.values()))
                .map(reason -> Check.failed("limits", "找到 \u0000 \"\\", "§1", reason))
                .toList();
        var signature = new SignatureReport(
                "名",
                "PAdES",
                "CN=甲",
                "SM3withSM2",
                Optional.of(at),
                Optional.empty(),
                Integrity.INTACT,
                new Bilingual("全部", "all"),
                Optional.of(new SignatureReport.SealSummary("1", "章", 1, "maker", at, at)),
                everyReason);
        var content = new SignedContent("1.2.156.3005.2", new TreeMap<>(Map.of("ZZMC", "许可")));
        return Stream.of(
                new Report.Judged(
                        "PDF",
                        Integrity.MODIFIED,
                        List.of(signature),
                        List.of(Check.passed("package", "x", "")),
                        Optional.of(content)),
                new Report.Unsigned("OFD"),
                new Report.Malformed("UNKNOWN", "why"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"kind\":\"unsigned\"}",
                "{\"kind\":\"unsigned\",\"format\":null}",
                "{\"kind\":\"unsigned\",\"format\":\"PDF\",\"more\":1}",
                "{\"kind\":\"unsigned\",\"format\":\"PDF\",\"format\":\"OFD\"}",
                "{\"kind\":\"unsigned\",\"format\":\"PDF\"} {}",
                "{\"kind\":\"java.lang.Thread\",\"format\":\"PDF\"}",
                "{\"kind\":\"judged\",\"format\":\"PDF\",\"integrity\":0,\"signatures\":[],\"documentChecks\":[],"
                        + "\"content\":null}",
                "{\"kind\":\"judged\",\"format\":\"PDF\",\"integrity\":\"INTACT\",\"signatures\":[],\"documentChecks\":"
                        + "[{\"step\":\"limits\",\"found\":\"\",\"clause\":\"\",\"reason\":\"FINE\"}],\"content\":null}"
            })
    void bytesThatAreNoReport_areRefused(String json) {
        assertThatThrownBy(() -> ReportCodec.read(json.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void textLongerThanAnyOfOurs_isRefused() {
        var json = "{\"kind\":\"unsigned\",\"format\":\"" + "x".repeat(300 << 10) + "\"}";
        assertThatThrownBy(() -> ReportCodec.read(json.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }
}

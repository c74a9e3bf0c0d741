package org.yinzheng.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.registry.copy.CopyFacts;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

class AnswersTest {
    private static final String AUTHORITY = "云泽市公安局";
    private static final LicenceId ID =
            LicenceId.of("113399000077441170002", new CreditCode("1133990000258613XF"), "2026000000001", 1);

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final CopyFacts COPY = new CopyFacts(
            CopyId.random(),
            new CopyUse(new Purpose("公积金贷款"), "云泽市公积金中心", TODAY),
            true,
            Instant.parse("2026-11-20T00:00:00Z"),
            "云泽市政务服务中心");

    private static Answers answers(Report report, Lookup lookup) {
        return Answers.of(report, lookup, HolderCode.HOLDER_NOT_ASKED, TODAY);
    }

    @Test
    void licenceSignedByItsAuthority_isInForce() {
        assertThat(codes(answers(report(AUTHORITY, true), known(Standing.IN_FORCE))))
                .containsExactly("GENUINE", "LICENCE_IN_FORCE", "HOLDER_NOT_ASKED");
    }

    @Test
    void identifierCopiedByAnotherTrustedSigner_isNotThatLicence() {
        assertThat(codes(answers(report("某某有限公司", true), known(Standing.IN_FORCE))))
                .containsExactly("GENUINE", "SIGNED_BY_ANOTHER_BODY", "HOLDER_NOT_ASKED");
    }

    @Test
    void nameWithinAnotherName_isAnotherBody() {
        assertThat(codes(answers(report("云泽市公安局服务有限公司", true), known(Standing.IN_FORCE))))
                .contains("SIGNED_BY_ANOTHER_BODY");
        assertThat(codes(answers(report("x\\, O=" + AUTHORITY, true), known(Standing.IN_FORCE))))
                .contains("SIGNED_BY_ANOTHER_BODY");
    }

    @Test
    void storedRendition_isTheLicenceWhateverItsSignerIsCalled() {
        var stored = new Lookup.Known(fact(Standing.IN_FORCE), true);

        assertThat(codes(answers(report("印章 01", true), stored))).contains("LICENCE_IN_FORCE");
    }

    @Test
    void revokedLicence_isNotInForceWhateverNamesIt() {
        assertThat(codes(answers(report(AUTHORITY, true, Gap.TRY_LATER), known(Standing.REVOKED))))
                .containsExactly("TRY_LATER", "LICENCE_REVOKED", "HOLDER_NOT_ASKED");
    }

    @Test
    void disputedLicence_isGenuineAndInForce_andSaysSo() {
        var fact = fact(Standing.IN_FORCE);
        var disputed = new StandingFact(
                fact.id(),
                fact.typeName(),
                fact.authorityName(),
                fact.succeededBy(),
                fact.standing(),
                true,
                Optional.empty(),
                fact.validFrom(),
                fact.validUntil(),
                fact.parts(),
                fact.asOf());
        var answers = answers(report(AUTHORITY, true), new Lookup.Known(disputed));

        assertThat(codes(answers)).containsExactly("GENUINE", "LICENCE_DISPUTED", "HOLDER_NOT_ASKED");
        assertThat(answers.inForce().value()).isEqualTo(Value.YES);
        assertThat(answers.inForce().next().zh()).contains("核对");
        assertThat(answers.next().zh()).startsWith("可以办理。").contains("异议尚未处理完毕");
    }

    @Test
    void unknownSigner_doesNotMakeALicenceInForce() {
        var answers = answers(report(AUTHORITY, true, Gap.NO_CERTIFICATE_CHAIN_FOUND), known(Standing.IN_FORCE));

        assertThat(codes(answers))
                .containsExactly("NO_CERTIFICATE_CHAIN_FOUND", "DOCUMENT_NOT_ESTABLISHED", "HOLDER_NOT_ASKED");
        assertThat(answers.genuine().text().zh()).contains("内容未被改动");
    }

    @Test
    void forgedDocument_saysNothingOfItsLicence() {
        var answers = answers(report(AUTHORITY, true, Flaw.HASH_FAILURE), known(Standing.IN_FORCE));

        assertThat(codes(answers)).containsExactly("HASH_FAILURE", "DOCUMENT_NOT_GENUINE", "HOLDER_NOT_ASKED");
        assertThat(answers.next().zh()).contains("请勿据此办理");
    }

    @Test
    void flawAboutTheBytes_weighsMoreThanOneAboutTheSigner() {
        assertThat(codes(answers(
                        report(AUTHORITY, true, Gap.TRY_LATER, Flaw.EXPIRED, Flaw.SIGNED_FILE_CHANGED),
                        new Lookup.NotAsked())))
                .startsWith("SIGNED_FILE_CHANGED");
    }

    @Test
    void copyByItsOwnWord_isACopy_forOneUse_untilItsLastDay() {
        for (var lookup : List.of(new Lookup.NotAsked(), new Lookup.Unknown("x"), new Lookup.Unavailable("x"))) {
            var answers = answers(copy(TODAY.toString()), lookup);
            assertThat(codes(answers)).startsWith("GENUINE_COPY").doesNotContain("COPY_EXPIRED");
            assertThat(answers.inForce().value()).isEqualTo(Value.CANNOT_SAY);
            assertThat(answers.inForce().text().zh())
                    .contains("仅限办理公积金贷款使用")
                    .contains("云泽市公积金中心")
                    .contains("2026-11-21");
            assertThat(answers.inForce().text().en()).contains("2026-11-21");
            assertThat(codes(answers(copy(TODAY.minusDays(1).toString()), lookup)))
                    .containsExactly("GENUINE_COPY", "COPY_EXPIRED", "HOLDER_NOT_ASKED");
        }
    }

    @Test
    void copyThatDoesNotSayUntilWhen_orDoesNotPass_isSaidNothingOf() {
        assertThat(codes(answers(copy("someday"), new Lookup.NotAsked()))).startsWith("GENUINE", "STANDING_NOT_ASKED");
        assertThat(codes(answers(copy("2020-01-01", Gap.NO_CERTIFICATE_CHAIN_FOUND), new Lookup.NotAsked())))
                .startsWith("NO_CERTIFICATE_CHAIN_FOUND", "STANDING_NOT_ASKED");
        assertThat(codes(answers(copy("2020-01-01", Flaw.HASH_FAILURE), new Lookup.NotAsked())))
                .startsWith("HASH_FAILURE", "DOCUMENT_NOT_GENUINE");
    }

    @Test
    void genuineDocumentThatIsNoLicence_hasNoStandingToAskFor() {
        var answers = answers(report(AUTHORITY, false), new Lookup.NotAsked());

        assertThat(codes(answers)).containsExactly("GENUINE", "NOT_A_LICENCE", "HOLDER_NOT_ASKED");
        assertThat(answers.next().zh()).doesNotContain("在案").doesNotContain("登记");
    }

    @Test
    void unsignedAndUnreadable_cannotBeSaid() {
        assertThat(codes(answers(new Report.Unsigned("PDF"), new Lookup.NotAsked())))
                .containsExactly("NO_SIGNATURE", "NOTHING_TO_ASK_FOR", "HOLDER_NOT_ASKED");
        assertThat(codes(answers(new Report.Malformed("UNKNOWN", "x"), new Lookup.NotAsked())))
                .containsExactly("UNREADABLE", "NOTHING_TO_ASK_FOR", "HOLDER_NOT_ASKED");
    }

    /// Whatever comes together: each code agrees with its value, and the step to take never contradicts an answer.
    @Test
    void everyCombination_isConsistent() {
        int seen = 0;
        for (var report : reports()) {
            for (var lookup : lookups()) {
                for (var holder : HolderCode.values()) {
                    check(Answers.of(report, lookup, holder, TODAY));
                    seen++;
                }
            }
        }
        assertThat(seen).isGreaterThan(5000);
    }

    private static void check(Answers answers) {
        var all = List.of(answers.genuine(), answers.inForce(), answers.holder());
        var values = all.stream().map(Answer::value).toList();
        var next = answers.next().zh();
        if (values.contains(Value.NO)) {
            assertThat(next).doesNotContain("可以办理");
        }
        if (next.contains("可以办理")) {
            assertThat(values.subList(0, 2)).as(answers.toString()).containsOnly(Value.YES);
        }
        if (answers.genuine().value() != Value.YES) {
            assertThat(answers.inForce().value()).isNotEqualTo(Value.YES);
        }
        if (answers.genuine().value() == Value.CANNOT_SAY) {
            assertThat(answers.genuine().text().zh()).doesNotContain("伪造").doesNotContain("不真实");
        }
        assertThat(all).allSatisfy(answer -> {
            assertThat(answer.text().zh()).endsWith("。").doesNotContain("。。");
            assertThat(answer.text().en()).endsWith(".").doesNotContain("..");
        });
        assertThat(next).endsWith("。");
    }

    private static List<Report> reports() {
        var reports = new ArrayList<Report>();
        reports.add(new Report.Unsigned("PDF"));
        reports.add(new Report.Malformed("UNKNOWN", "x"));
        Stream.of(true, false).forEach(licence -> {
            reports.add(report(AUTHORITY, licence));
            reports.add(report("某某有限公司", licence));
            reports.add(copy("2020-01-01"));
            reports.add(copy("2099-01-01"));
            Stream.of(Flaw.values()).forEach(flaw -> reports.add(report(AUTHORITY, licence, flaw)));
            Stream.of(Gap.values()).forEach(gap -> reports.add(report(AUTHORITY, licence, gap)));
        });
        return reports;
    }

    private static List<Lookup> lookups() {
        var lookups = new ArrayList<Lookup>(
                List.of(new Lookup.NotAsked(), new Lookup.Unknown("x"), new Lookup.Unavailable("x")));
        Stream.of(Standing.values()).forEach(standing -> {
            lookups.add(known(standing));
            lookups.add(new Lookup.Known(fact(standing), true));
            lookups.add(new Lookup.Copy(COPY, fact(standing), true, false));
            lookups.add(new Lookup.Copy(COPY, fact(standing), false, true));
        });
        return lookups;
    }

    private static List<String> codes(Answers answers) {
        return List.of(
                answers.genuine().code(),
                answers.inForce().code(),
                answers.holder().code());
    }

    private static Report copy(String lastDay, Reason... reasons) {
        var metadata = new TreeMap<>(Map.of(
                "YinzhengCopyPurpose", "公积金贷款",
                "YinzhengCopyRecipient", "云泽市公积金中心",
                "YinzhengCopyLastDay", lastDay));
        return report("云泽市政务服务中心", Optional.of(new SignedContent(COPY.id().toString(), metadata)), reasons);
    }

    private static Report report(String signer, boolean licence, Reason... reasons) {
        return report(
                signer,
                licence ? Optional.of(new SignedContent(ID.value(), new TreeMap<>())) : Optional.empty(),
                reasons);
    }

    private static Report report(String signer, Optional<SignedContent> content, Reason... reasons) {
        var checks = Stream.of(reasons)
                .map(reason -> Check.failed("later-changes", "x", "", reason))
                .toList();
        var integrity = Integrity.of(checks, true);
        var signature = new SignatureReport(
                "s",
                "PAdES",
                "CN=" + signer + ",C=CN",
                "SHA256withRSA",
                Optional.empty(),
                Optional.empty(),
                integrity,
                new Bilingual("全部", "all"),
                Optional.empty(),
                checks);
        return new Report.Judged("PDF", integrity, List.of(signature), List.of(), content);
    }

    private static Lookup.Known known(Standing standing) {
        return new Lookup.Known(fact(standing));
    }

    private static StandingFact fact(Standing standing) {
        return new StandingFact(
                ID,
                "居住证",
                AUTHORITY,
                Optional.empty(),
                standing,
                false,
                Optional.empty(),
                LocalDate.of(2026, 1, 1),
                Optional.empty(),
                Parts.NONE,
                Instant.parse("2026-11-22T00:00:00Z"));
    }
}

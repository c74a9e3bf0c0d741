package org.yinzheng.api.http;

import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// The plain answers for the window. *Is it genuine?* is a verdict on bytes and *is it in force?* a fact of the
/// registry: two answers, never one boolean. The third, whether it belongs to this holder and purpose, needs
/// somebody to ask about, and is not given for a bare file.
public record Answers(Answer genuine, Answer inForce, Bilingual next) {
    private static final Bilingual ASK_FOR_STANDING =
            new Bilingual("文件真实。办理前请查询其在案状态。", "The file is genuine. Ask for its standing before you act on it.");
    private static final Bilingual NOT_REGISTERED = new Bilingual(
            "文件真实，但本系统无登记：请向颁发机构查询其在案状态后再办理。",
            "The file is genuine but not registered here: ask its issuing authority for its standing first.");

    public enum Value {
        YES,
        NO,
        UNKNOWN
    }

    public record Answer(Value value, Bilingual text) {
        static Answer of(Value value, String zh, String en) {
            return new Answer(value, new Bilingual(zh, en));
        }
    }

    public static Answers of(Report report, Lookup lookup) {
        var genuine = genuine(report);
        var inForce = inForce(report, lookup);
        return new Answers(genuine, inForce, next(report, lookup));
    }

    private static Answer genuine(Report report) {
        return switch (report.indication()) {
            case TOTAL_PASSED ->
                Answer.of(
                        Value.YES,
                        "真实。签名和印章均有效，签名后未被改动。",
                        "Genuine. Every signature and seal holds, and nothing was changed after signing.");
            case TOTAL_FAILED ->
                report.integrity() == Integrity.MODIFIED
                        ? Answer.of(
                                Value.NO, "不真实。文件在签名后被改动过。", "Not genuine. The file was changed after it was signed.")
                        : Answer.of(Value.NO, "不真实。签名或印章未通过核验。", "Not genuine. A signature or a seal does not hold.");
            case INDETERMINATE ->
                report.integrity() == Integrity.INTACT
                        ? Answer.of(
                                Value.UNKNOWN,
                                "暂不能确定。内容未被改动，但签名人的身份还不能确认。",
                                "Not settled. Nothing was changed, but who signed cannot be confirmed yet.")
                        : Answer.of(
                                Value.UNKNOWN,
                                "暂不能确定。这不表示文件是伪造的。",
                                "Not settled. This does not say that it is forged.");
            case NO_SIGNATURE ->
                Answer.of(
                        Value.UNKNOWN,
                        "无法核验。文件没有电子签名，可能是复印件或扫描件。",
                        "Cannot be verified. The file carries no signature: perhaps a copy or a scan.");
            case MALFORMED ->
                Answer.of(
                        Value.UNKNOWN,
                        "无法核验。这不是可读的 PDF 或 OFD 文件。",
                        "Cannot be verified. This is no readable PDF or OFD file.");
        };
    }

    private static boolean namesLicence(Report report) {
        return report instanceof Report.Judged judged && judged.licenceId().isPresent();
    }

    private static Answer inForce(Report report, Lookup lookup) {
        if (report.indication() == Indication.TOTAL_FAILED) {
            return Answer.of(
                    Value.UNKNOWN,
                    "未作判断。文件不真实，其中的标识不可信。",
                    "Not judged. What a forged file says of itself proves nothing.");
        }
        return switch (lookup) {
            case Lookup.NotAsked notAsked ->
                namesLicence(report)
                        ? Answer.of(
                                Value.UNKNOWN,
                                "未查询。没有向登记系统查询在案状态。",
                                "Not asked: no registry was asked for its standing.")
                        : Answer.of(
                                Value.UNKNOWN,
                                "未知。文件中没有可查询的证照标识。",
                                "Not known. The file has no licence identifier to ask for.");
            case Lookup.Unknown unknown ->
                Answer.of(Value.UNKNOWN, "未知。本系统没有这份证照的登记。", "Not known. This registry does not hold the licence.");
            case Lookup.Unavailable unavailable ->
                Answer.of(Value.UNKNOWN, "未知。登记系统暂时无法访问。", "Not known. The registry cannot be reached just now.");
            case Lookup.Known known -> inForce(known.standing());
        };
    }

    private static Answer inForce(StandingFact fact) {
        return fact.standing() == Standing.IN_FORCE
                ? Answer.of(Value.YES, "有效，登记在案。", "In force, on record.")
                : Answer.of(
                        Value.NO,
                        "当前不能使用：" + fact.standing().chinese() + "。",
                        "Not in force: " + fact.standing().english() + ".");
    }

    private static Bilingual next(Report report, Lookup lookup) {
        return switch (report.indication()) {
            case TOTAL_PASSED ->
                switch (lookup) {
                    case Lookup.Known known -> nextWhenKnown(known.standing());
                    case Lookup.Unavailable unavailable ->
                        new Bilingual(
                                "文件真实，在案状态暂时查不到：请稍后重试，查到后再办理。",
                                "The file is genuine; its standing cannot be asked for just now. Try again before you act on it.");
                    case Lookup.Unknown unknown -> NOT_REGISTERED;
                    case Lookup.NotAsked notAsked -> namesLicence(report) ? ASK_FOR_STANDING : NOT_REGISTERED;
                };
            case TOTAL_FAILED ->
                new Bilingual(
                        "请勿据此办理。请持证人从原渠道重新下载原件；如怀疑伪造，请保留文件并按规定上报。",
                        "Do not act on it. Have the holder download the original again; if you suspect forgery, keep the file and report it.");
            case INDETERMINATE ->
                new Bilingual(
                        "请稍后重试，或请管理员检查信任列表；急办事项请向颁发机构核实。",
                        "Try again later, or have the administrator check the trust list; if it is urgent, ask the issuing authority.");
            case NO_SIGNATURE ->
                new Bilingual(
                        "请持证人提供带签名的 PDF 或 OFD 原件，或出示二维码。",
                        "Ask the holder for the signed PDF or OFD itself, or for its QR code.");
            case MALFORMED ->
                new Bilingual(
                        "请重新选择文件：需要 PDF 或 OFD 原件，不是照片或压缩包。",
                        "Choose the file again: the PDF or OFD itself, not a photo or an archive.");
        };
    }

    private static Bilingual nextWhenKnown(StandingFact fact) {
        return switch (fact.standing()) {
            case IN_FORCE ->
                new Bilingual("可以办理。请核对持证人与来人一致。", "Go ahead. Check that the holder is the person before you.");
            case SUSPENDED, REVOKED ->
                new Bilingual(
                        "请勿据此办理。请持证人联系颁发机构。", "Do not act on it. The holder should contact the issuing authority.");
            case SUPERSEDED -> new Bilingual("请持证人出示新证。", "Ask the holder for the newer licence.");
            case NOT_YET_VALID -> new Bilingual("证照尚未生效，请在生效日后办理。", "Not valid yet: come back on its first day.");
            case EXPIRED -> new Bilingual("证照已过有效期，请持证人先办理延续。", "Expired: the holder should renew it first.");
        };
    }
}

package org.yinzheng.api.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Every problem that the service itself states; a broken rule of the registry comes with its own code as an
/// [org.yinzheng.signing.InvalidInput]. Codes are stable: callers switch on them.
public enum ProblemCode {
    BODY_NOT_JSON(400, "请求体不是有效的 JSON。", "The body is not valid JSON."),
    BODY_EMPTY(400, "没有收到文件，或文件为空。请重新选择文件。", "No file arrived, or an empty one. Choose the file again."),
    BODY_TRUNCATED(400, "上传内容不完整。请重新上传。", "The upload is incomplete. Send it again."),
    BODY_MALFORMED(
            400,
            "上传格式有误：文件应以 file 为名，数量不超过上限。",
            "The upload cannot be read: send files under the name file, and no more than allowed."),
    TIMESTAMP_REQUEST_MALFORMED(
            400, "不是有效的时间戳请求（RFC 3161）。", "The body is not a timestamp request (RFC 3161 TimeStampReq)."),
    HEADER_MISSING(400, "缺少 Idempotency-Key 请求头，或其格式不符。", "The header Idempotency-Key is missing or malformed."),
    TOKEN_MISSING(401, "请先登录。", "Sign in first."),
    TOKEN_INVALID(401, "登录凭证无效。请重新登录。", "The token is not acceptable. Sign in again."),
    TOKEN_EXPIRED(401, "登录已过期。请重新登录。", "The token has expired. Sign in again."),
    ROLE_MISSING(403, "当前身份无权进行此操作。", "None of your roles may do this."),
    ROLES_EXCLUSIVE(
            403,
            "系统管理员、安全管理员、审计管理员须由不同的人担任：此身份兼任两种，不能办理任何需要授权的事项。",
            "System, security and audit administrators are different people: this sign-in is two of them, and may do nothing."),
    HOLDER_NEEDS_CLERK(
            403,
            "没有文件时，只有登录的窗口人员可以比对持证人。",
            "Without the document, only a signed-in clerk may ask whose licence it is."),
    CROSS_SITE(
            403, "请求不是从本网站页面发出的。请返回页面重试。", "The request did not come from a page of this site. Go back and try again."),
    NOT_FOUND(404, "没有找到，或不属于您。", "Not known here, or not yours to see."),
    METHOD_NOT_ALLOWED(405, "此地址不支持该方法。", "This address does not take that method."),
    TOO_SLOW(408, "上传超时。请检查网络后重试。", "The upload took too long. Check the network and send it again."),
    NO_ANSWER_YET(409, "核验尚未完成，还没有回执。", "The verification is not finished: there is no receipt yet."),
    IDEMPOTENCY_KEY_REUSED(409, "同一 Idempotency-Key 已用于不同的数据。", "The Idempotency-Key was used with other data."),
    ISSUE_IN_PROGRESS(409, "同一请求正在办理中。请稍后查询。", "The same request is still under way. Ask again shortly."),
    NUMBER_TAKEN(409, "该类型下已有同号证照。", "Another licence of this type has this number."),
    NOT_IN_FORCE(409, "证照当前状态不允许此操作。", "The licence's standing does not allow this."),
    NOT_REPLACEABLE(
            409,
            "证照不在有效状态，不能换发更正：被暂扣的先恢复，已被替代的请更正新证。",
            "It is not in force, so nothing can replace it: resume a suspended one first; correct the newer one of a superseded one."),
    PART_NOT_IN_FORCE(
            409,
            "所含证照中有一份不在有效状态，不能签发综合证。没有签发任何证照：请先查看各证照的在案状态。",
            "One of the licences to be bound is not in force, so nothing was issued: look at the standing of each of them."),
    DISPUTE_OPEN(
            409,
            "该证照已有异议正在处理。请等待处理结果后再提出。",
            "A dispute about this licence is being dealt with: wait for its decision before you file another."),
    DISPUTE_DECIDED(409, "该异议已经处理。请查看处理结果。", "The dispute is decided already: look at its decision."),
    GRANT_THERE(409, "该用户已有此权限，或已提出待确认。", "They have this right already, or it is proposed for them."),
    GRANT_STATE(409, "该授权当前状态不允许此操作。", "The grant's state does not allow this step."),
    GRANT_CHANGED(
            409,
            "该授权的记录不是本系统写入的，不予办理。请告知审计管理员核查（yinzheng audit verify）。",
            "Somebody else than this service wrote this grant: it gives no right, and nobody may use it. Tell the audit administrator (yinzheng audit verify)."),
    GRANT_EXCLUSIVE(
            409,
            "系统管理员、安全管理员、审计管理员须由不同的人担任。",
            "System, security and audit administrators are different people: this one is another already."),
    ERASURE_FORBIDDEN(409, "不予删除，未作任何改动。", "It may not be erased; nothing was changed."),
    ERASURE_NOTHING_THERE(409, "登记库中没有此人的数据。", "The registry has no data of this person."),
    ERASURE_OTHER_HOLDER(
            409,
            "号码与提出时的不一致，未作任何改动。请对照申请材料核对，或撤回后重新提出。",
            "Not the number that was proposed; nothing was changed. Compare it with the request, or withdraw the order and propose again."),
    ERASURE_STATE(409, "该删除申请已执行、已撤回或已过期。", "The order was executed, withdrawn, or has lapsed."),
    ERASURE_CHANGED(
            409,
            "该删除申请的记录不是本系统写入的，不予办理。请告知审计管理员核查（yinzheng audit verify）。",
            "Somebody else than this service wrote this order: nobody may use it. Tell the audit administrator (yinzheng audit verify)."),
    DISPUTE_NOT_YOURS(409, "只有提出异议的人可以撤回。", "Only whoever raised a dispute may withdraw it."),
    SAME_PERSON(409, "须由另一人办理：同一人不能办理同一事项的两个步骤。", "Somebody else has to do this: nobody does two steps of one matter."),
    STAMP_IN_PROGRESS(
            409,
            "同一请求或同一文件正在用印。请稍后再试。",
            "This request, or one of its documents, is being stamped now. Ask again shortly."),
    RELEASE_REFUSED(409, "放行人未同意本次用印。", "The second person did not release this request."),
    RELEASE_NOT_AWAITED(409, "该请求不在等待放行。", "This request does not wait for a release."),
    SEAL_STATE(409, "印章当前状态不允许此步骤。", "The seal's state does not allow this step."),
    SEAL_ID_TAKEN(409, "该印章编码已被使用。", "Another seal has this identifier."),
    SEAL_NOT_IN_USE(409, "印章未在用，不能用印。", "The seal is not in use."),
    SEAL_OUT_OF_VALIDITY(
            409, "印章或签章证书不在有效期内，请先换发。", "The seal or a certificate of its signers is out of its period: renew it."),
    SEAL_NOT_YOUR_AUTHORITY(409, "该印章不供您所在的机构使用。", "This seal is not for the people of your authority."),
    SEAL_KIND_NOT_ALLOWED(409, "该印章不可用于此类文件。", "This seal may not stamp documents of this kind."),
    SEAL_TYPE_NOT_ALLOWED(409, "该印章不可用于此类型的证照。", "This seal may not stamp licences of this type."),
    SEAL_OUTSIDE_HOURS(409, "不在允许的用印时间内。", "Outside the hours in which this seal may be used."),
    SEAL_QUOTA_USED_UP(409, "今日用印次数已达上限。", "The seal's quota of today is used up."),
    LICENCE_CHANGED(
            412,
            "证照已变更，或他人正在更正。没有改动任何内容：请重新查看证照，再决定是否办理。",
            "The licence is not as you saw it, or somebody else is correcting it. Nothing was changed: look at it again, then decide anew."),
    SEAL_CHANGED(412, "印章信息已变更，请刷新后重试。", "The seal is not as you saw it: look again."),
    BODY_TOO_LARGE(413, "文件超过大小上限。没有保存任何内容。", "The body is larger than allowed. Nothing was stored."),
    MEDIA_TYPE_UNSUPPORTED(415, "不支持该内容类型。", "This content type is not supported."),
    EXPECTATION_FAILED(417, "不支持该 Expect 请求头。", "This Expect header is not supported."),
    HOLDER_NUMBER_INVALID(
            422,
            "持证人号码有误：应为 18 位身份证号或统一社会信用代码。请核对后重新填写。",
            "The holder's number fails its check: a citizen ID or a credit code of 18 characters is asked for."),
    TOO_MANY_QUESTIONS(429, "查询持证人次数过多。请稍后再试。", "Too many holders were asked for. Try again later."),
    INTERNAL(500, "系统内部错误。请把事件编号告知管理员。", "Something is wrong on our side. Tell the administrator the incident number."),
    UNAVAILABLE(
            503, "暂时无法办理，没有产生任何结果。请稍后重试。", "Not done: a part of the system is away. Nothing happened; repeat later."),
    OUTCOME_UNKNOWN(
            503,
            "结果暂不确定，可能已经办理。请先用同一 Idempotency-Key 查询，不要重新提交。",
            "It may have happened. Ask again with the same Idempotency-Key before you do anything else."),
    BUSY(503, "当前办理人数较多。请稍后重试。", "All places are taken. Repeat shortly.");

    private final int status;
    private final String chinese;
    private final String english;

    ProblemCode(int status, String chinese, String english) {
        this.status = status;
        this.chinese = chinese;
        this.english = english;
    }

    public int status() {
        return status;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    public static Optional<ProblemCode> find(String wireName) {
        return Stream.of(values())
                .filter(code -> code.wireName().equals(wireName))
                .findFirst();
    }

    /// As in the contract: `role-missing`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package org.yinzheng.api.answer;

import java.util.Optional;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.verdict.Bilingual;

/// *Is it in force?*
public enum StandingCode implements AnswerCode {
    LICENCE_IN_FORCE(
            Value.YES,
            "有效，登记在案。",
            "In force, on record.",
            "可以办理。请核对持证人与来人一致。",
            "Go ahead. Check that the holder is the person before you."),
    LICENCE_DISPUTED(
            Value.YES,
            "有效，登记在案；异议处理中。",
            "In force, on record; disputed.",
            "可以办理。证照内容有异议尚未处理完毕：请与持证人核对有关内容，重要事项先向颁发机构核实。",
            "Go ahead. What it says is disputed and not decided yet: go through it with the holder, and ask the issuing authority first where much depends on it."),
    LICENCE_SUSPENDED(
            Value.NO,
            "当前不能使用：暂扣。",
            "Not in force: suspended.",
            "请勿据此办理。请持证人联系颁发机构。",
            "Do not act on it. The holder should contact the issuing authority."),
    LICENCE_REVOKED(
            Value.NO,
            "当前不能使用：吊销。",
            "Not in force: revoked.",
            "请勿据此办理。请持证人联系颁发机构。",
            "Do not act on it. The holder should contact the issuing authority."),
    LICENCE_SUPERSEDED(
            Value.NO,
            "当前不能使用：已被新证替代。",
            "Not in force: superseded.",
            "请持证人出示新证，或按其在案状态页的指引查看新证。",
            "Ask the holder for the newer licence; the page of its standing leads to it."),
    LICENCE_NOT_YET_VALID(
            Value.NO,
            "当前不能使用：尚未生效。",
            "Not in force: not yet valid.",
            "证照尚未生效，请在生效日后办理。",
            "Not valid yet: come back on its first day."),
    LICENCE_EXPIRED(
            Value.NO,
            "当前不能使用：已过有效期。",
            "Not in force: expired.",
            "证照已过有效期，请持证人先办理延续。",
            "Expired: the holder should renew it first."),
    LICENCE_ERASED(
            Value.NO,
            "当前不能使用：早已终止，持证人的登记数据已依法删除。",
            "Not in force: it ended long ago, and the register's data of its holder was erased as the law asks.",
            "请勿据此办理。文件本身可以是真的；登记系统不再保存其内容。",
            "Do not act on it. The file itself may be genuine; the register does not keep what it said."),
    PART_REVOKED(
            Value.NO,
            "当前不能使用：所含证照中有一份已被吊销。",
            "Not in force: a licence that it binds is revoked.",
            "请勿据此办理。其余各证可分别核验；请持证人联系颁发机构换发综合证。",
            "Do not act on it. The other licences can be verified one by one; the holder should have the combined one replaced."),
    PART_SUSPENDED(
            Value.NO,
            "当前不能使用：所含证照中有一份被暂扣。",
            "Not in force: a licence that it binds is suspended.",
            "请勿据此办理。其余各证可分别核验；请持证人联系该证的颁发机构。",
            "Do not act on it. The other licences can be verified one by one; the holder should contact the authority that issued this one."),
    PART_EXPIRED(
            Value.NO,
            "当前不能使用：所含证照中有一份已过有效期。",
            "Not in force: a licence that it binds has expired.",
            "请勿据此办理。其余各证可分别核验；请持证人先办理延续，再换发综合证。",
            "Do not act on it. The other licences can be verified one by one; the holder should renew this one, then have the combined one replaced."),
    PART_SUPERSEDED(
            Value.NO,
            "当前不能使用：所含证照中有一份已被新证替代。",
            "Not in force: a licence that it binds has been replaced.",
            "请按新证办理；综合证待换发。新证标识见在案状态。",
            "Act on the newer licence, which its standing leads to; the combined one is to be replaced."),
    PART_NOT_YET_VALID(
            Value.NO,
            "当前不能使用：所含证照中有一份尚未生效。",
            "Not in force: a licence that it binds is not valid yet.",
            "请在该证生效日后办理。",
            "Come back on the first day of that licence."),
    PART_DISPUTED(
            Value.YES,
            "有效，登记在案；所含证照中有一份异议处理中。",
            "In force, on record; a licence that it binds is disputed.",
            "可以办理。该证内容有异议尚未处理完毕：请与持证人核对有关内容，重要事项先向颁发机构核实。",
            "Go ahead. What that licence says is disputed and not decided yet: go through it with the holder, and ask its authority first where much depends on it."),
    COPY_IN_FORCE(
            Value.YES,
            "可以使用。加注件在期限内，所依据的证照有效。",
            "May be used. The licence behind the copy is in force.",
            "可以用于所注明的用途。请核对办理事项和接收单位。",
            "Go ahead with the use that it names. Check that you are the recipient."),
    COPY_DISPUTED(
            Value.YES,
            "可以使用。加注件在期限内，所依据的证照有效，异议处理中。",
            "May be used. The licence behind the copy is in force; it is disputed.",
            "可以用于所注明的用途。证照内容有异议尚未处理完毕：请与持证人核对有关内容。",
            "Go ahead with the use that it names. What the licence says is disputed and not decided yet: go through it with the holder."),
    COPY_EXPIRED(
            Value.NO,
            "当前不能使用：加注件已过期。",
            "Not to be used: the copy has expired.",
            "请持证人重新制作加注件，或者出示证照原件。",
            "Ask the holder for a new copy or for the licence itself."),
    LICENCE_NOT_ON_RECORD(
            Value.CANNOT_SAY,
            "未知。本系统没有这份证照的登记。",
            "Not known. This registry does not hold the licence.",
            "请向颁发机构查询其在案状态后再办理。",
            "Ask the issuing authority for its standing before you act on it."),
    NOT_A_LICENCE(
            Value.CANNOT_SAY,
            "不适用。文件中没有证照标识，没有在案状态可查。",
            "Does not apply. The file carries no licence identifier: there is no standing to ask for.",
            "文件可以采信。它不是带标识的证照，请按其内容办理。",
            "The file can be relied on. It is no licence with an identifier: act on what it says."),
    STANDING_NOT_ASKED(
            Value.CANNOT_SAY,
            "未查询。没有向登记系统查询在案状态。",
            "Not asked. No registry was asked for its standing.",
            "办理前请查询其在案状态。",
            "Ask for its standing before you act on it."),
    REGISTRY_UNAVAILABLE(
            Value.CANNOT_SAY,
            "未知。登记系统暂时无法访问。",
            "Not known. The registry cannot be reached just now.",
            "在案状态暂时查不到：请稍后重试，查到后再办理。",
            "Its standing cannot be asked for just now: try again before you act on it."),
    DOCUMENT_NOT_ESTABLISHED(
            Value.CANNOT_SAY,
            "未作判断。文件所写标识的证照登记为有效，但文件本身尚未核验通过。",
            "Not judged. The licence that the file names is in force, but the file itself is not established.",
            "请先解决文件的核验问题，再看在案状态。",
            "Settle whether the file is genuine first."),
    DOCUMENT_NOT_GENUINE(
            Value.CANNOT_SAY,
            "未作判断。文件未通过核验，其中的标识不可信。",
            "Not judged. The file did not pass, so what it says of itself proves nothing.",
            "请勿据此办理。",
            "Do not act on it."),
    SIGNED_BY_ANOTHER_BODY(
            Value.CANNOT_SAY,
            "未作判断。文件写有一份在案证照的标识，但签名的不是该证照的颁发机构。",
            "Not judged. The file names a licence on record, but the authority that issued it is not among the signers.",
            "请勿当作该证照办理。请持证人出示颁发机构签发的原件。",
            "Do not take it for that licence. Ask the holder for the one that the authority signed."),
    NOTHING_TO_ASK_FOR(
            Value.CANNOT_SAY,
            "未知。没有得到可查询的证照标识。",
            "Not known. There is no licence identifier to ask for.",
            "请先取得可以核验的文件。",
            "Get a file that can be verified first.");

    @SuppressWarnings("ImmutableEnumChecker") // a record of records of texts
    private final Wording wording;

    StandingCode(Value value, String zh, String en, String nextZh, String nextEn) {
        wording = new Wording(value, new Bilingual(zh, en), new Bilingual(nextZh, nextEn));
    }

    static StandingCode of(StandingFact fact) {
        var part = fact.because().isPresent();
        return switch (fact.standing()) {
            case IN_FORCE -> inForce(fact);
            case SUSPENDED -> part ? PART_SUSPENDED : LICENCE_SUSPENDED;
            case REVOKED -> part ? PART_REVOKED : LICENCE_REVOKED;
            case SUPERSEDED -> part ? PART_SUPERSEDED : LICENCE_SUPERSEDED;
            case NOT_YET_VALID -> part ? PART_NOT_YET_VALID : LICENCE_NOT_YET_VALID;
            case EXPIRED -> part ? PART_EXPIRED : LICENCE_EXPIRED;
            case ERASED -> LICENCE_ERASED;
        };
    }

    private static StandingCode inForce(StandingFact fact) {
        if (fact.disputed()) {
            return LICENCE_DISPUTED;
        }
        return fact.parts().disputed().isPresent() ? PART_DISPUTED : LICENCE_IN_FORCE;
    }

    /// Of a copy: an end of the licence behind it weighs more than its own.
    static StandingCode of(Lookup.Copy copy) {
        var licence = of(copy.licence());
        if (licence.value() == Value.NO) {
            return licence;
        }
        return copy.expired() ? COPY_EXPIRED : licence == LICENCE_IN_FORCE ? COPY_IN_FORCE : COPY_DISPUTED;
    }

    /// The part of a combined licence that this is said of.
    Optional<Part> part(StandingFact fact) {
        return switch (this) {
            case PART_REVOKED, PART_SUSPENDED, PART_EXPIRED, PART_SUPERSEDED, PART_NOT_YET_VALID -> fact.because();
            case PART_DISPUTED -> fact.parts().disputed();
            default -> Optional.empty();
        };
    }

    @Override
    public Wording wording() {
        return wording;
    }
}

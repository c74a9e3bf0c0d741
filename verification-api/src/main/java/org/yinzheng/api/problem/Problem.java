package org.yinzheng.api.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// One problem document. Texts name rules, never values.
///
/// @param field dotted path of the member that breaks a rule, or empty
/// @param retryAfter seconds; present exactly when nothing happened and repeating makes sense
/// @param incident the id under which the log has the details, or empty
public record Problem(
        int status,
        String code,
        String chinese,
        String english,
        String field,
        Optional<Integer> retryAfter,
        String incident) {

    public static Problem of(ProblemCode code) {
        return new Problem(code.status(), code.wireName(), code.chinese(), code.english(), "", Optional.empty(), "");
    }

    public static Problem of(InvalidInput broken) {
        var known = ProblemCode.find(broken.code());
        if (known.isPresent()) {
            return of(known.get()).in(broken.field());
        }
        var chinese = broken.field().isEmpty()
                ? "内容不符合规则（" + broken.code() + "）。请更正后重新提交。"
                : "“" + broken.field() + "”不符合规则（" + broken.code() + "）。请更正后重新提交。";
        var english = String.valueOf(broken.getMessage());
        return new Problem(422, broken.code(), chinese, english, broken.field(), Optional.empty(), "");
    }

    private Problem in(String member) {
        return new Problem(status, code, chinese, english, member, retryAfter, incident);
    }

    /// With particulars after the rule.
    public Problem adding(String chineseMore, String englishMore) {
        return new Problem(
                status, code, chinese + " " + chineseMore, english + " " + englishMore, field, retryAfter, incident);
    }

    public Problem after(int seconds) {
        return new Problem(status, code, chinese, english, field, Optional.of(seconds), incident);
    }

    public Problem at(String incidentId) {
        return new Problem(status, code, chinese, english, field, retryAfter, incidentId);
    }

    public ObjectNode json(boolean inEnglish) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:yinzheng:problem:" + code);
        json.put("title", code.replace('-', ' '));
        json.put("status", status);
        json.put("code", code);
        json.put("detail", inEnglish ? english : chinese);
        json.putObject("details").put("zh", chinese).put("en", english);
        if (!field.isEmpty()) {
            json.put("field", field);
        }
        if (!incident.isEmpty()) {
            json.put("incident", incident);
        }
        return json;
    }
}

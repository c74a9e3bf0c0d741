package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.StoredVerification.State;

/// What keeping an answer adds to it: `Verification` in `openapi.yaml`.
public final class Envelope {
    public static final String PATH = "/api/v1/verifications/";

    private Envelope() {}

    public static ObjectNode of(StoredVerification stored) {
        var id = stored.id().value();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("state", stored.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("receivedAt", stored.receivedAt().toString());
        json.put("keptUntil", stored.keptUntil().toString());
        if (stored.state() == State.DONE) {
            json.putObject("receipt").put("jws", PATH + id + "/receipt").put("pdf", PATH + id + "/receipt.pdf");
        }
        if (stored.state() == State.BROKEN_OFF) {
            json.putObject("text")
                    .put("zh", "核验中断，没有结论。请重新上传文件。")
                    .put("en", "It broke off without an answer. Send the file again.");
        }
        stored.result().ifPresent(result -> json.setAll((ObjectNode) result));
        return json;
    }

    static ObjectNode notKept(ObjectNode result) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("state", "done");
        json.setAll(result);
        return json;
    }
}

package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Passage;

/// What happened to a licence, as JSON.
public final class LifeJson {
    private LifeJson() {}

    /// @param withActors for the licence's own authority only
    public static ObjectNode history(Licence licence, List<Passage> passages, boolean withActors) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("licenceId", licence.id().value());
        json.put("standing", licence.standing().name());
        json.put("disputed", licence.entry().disputed());
        licence.entry().supersedes().ifPresent(id -> json.put("supersedes", id.value()));
        licence.entry().supersededBy().ifPresent(id -> json.put("supersededBy", id.value()));
        var list = json.putArray("transitions");
        for (var passage : passages) {
            var line = list.addObject();
            line.put("at", passage.at().toString());
            line.put("from", passage.from());
            line.put("to", passage.to());
            line.put("reasonCode", passage.grounds().reasonCode());
            line.put("legalBasis", passage.grounds().legalBasis());
            line.put("note", passage.grounds().note());
            if (withActors) {
                line.put("actor", passage.actor().subject());
                line.put("role", passage.actor().role());
            }
        }
        return json;
    }
}

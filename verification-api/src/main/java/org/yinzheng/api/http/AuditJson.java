package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.AuditPage;
import org.yinzheng.registry.audit.LoggedEntry;

/// Entries of the audit log as JSON. With salt and entry anybody can compute the commitment again.
public final class AuditJson {
    private AuditJson() {}

    public static ObjectNode of(LoggedEntry logged) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("number", logged.number());
        logged.index().ifPresent(index -> json.put("index", index));
        json.put("commitment", logged.commitment().hex());
        logged.salt().ifPresent(salt -> json.put("salt", salt));
        logged.entry().ifPresent(entry -> json.setAll(of(entry)));
        return json;
    }

    public static ObjectNode of(AuditEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("at", entry.at().toString())
                .put("actor", entry.actor().subject())
                .put("role", entry.actor().role())
                .put("action", entry.action())
                .put("subject", entry.subject())
                .put("reason", entry.reason());
        var details = json.putObject("details");
        entry.details().forEach(details::put);
        return json;
    }

    public static ObjectNode of(AuditPage page) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        page.entries().forEach(entry -> items.add(of(entry)));
        page.next().ifPresent(next -> json.put("next", next));
        return json;
    }
}

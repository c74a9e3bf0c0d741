package org.yinzheng.api.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/// Parts of an address.
public final class Params {
    private Params() {}

    /// A parameter that the route's pattern has; empty text when the address leaves it empty.
    public static String path(RoutingContext request, String name) {
        var value = request.pathParam(name);
        return value == null ? "" : value;
    }

    /// Text that is no identifier names nothing that there is.
    public static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}

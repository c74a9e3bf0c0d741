package org.yinzheng.api.http;

import io.vertx.ext.web.RoutingContext;

/// Parts of an address.
public final class Params {
    private Params() {}

    /// A parameter that the route's pattern has; empty text when the address leaves it empty.
    public static String path(RoutingContext request, String name) {
        var value = request.pathParam(name);
        return value == null ? "" : value;
    }
}

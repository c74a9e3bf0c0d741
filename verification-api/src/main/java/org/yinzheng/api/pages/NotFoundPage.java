package org.yinzheng.api.pages;

import io.vertx.ext.web.RoutingContext;

/// For a browser at an address that no page has.
public final class NotFoundPage {
    private NotFoundPage() {}

    public static void send(RoutingContext request) {
        Frame.sendProblem(request);
    }
}

package org.yinzheng.api.pages;

import io.vertx.ext.web.RoutingContext;

/// What every answer tells the browser: run and load only what this site sends as files, be framed by nobody,
/// guess no types, tell no one where the reader came from.
public final class SecurityHeaders {
    /// No inline script and no inline style anywhere. `data:` pictures are those inside Swagger UI's style
    /// sheet.
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    public static void add(RoutingContext request) {
        request.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        request.next();
    }
}

package org.yinzheng.api.routes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;

/// The version of a seal or a licence as an ETag: whoever changes it says which one they saw.
final class VersionTag {
    private static final Pattern FORM = Pattern.compile("\"([0-9]{1,18})\"");

    private VersionTag() {}

    static void put(RoutingContext request, long version) {
        request.response().putHeader(HttpHeaders.ETAG, "\"" + version + "\"");
    }

    /// What `If-Match` says. A tag that we did not give out matches nothing.
    static Optional<Long> seen(RoutingContext request) {
        return Optional.ofNullable(request.request().getHeader(HttpHeaders.IF_MATCH))
                .map(tag -> {
                    var matcher = FORM.matcher(tag);
                    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0L;
                });
    }
}

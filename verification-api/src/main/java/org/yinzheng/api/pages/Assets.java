package org.yinzheng.api.pages;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.Objects;
import org.yinzheng.signing.Digest;

/// The files that pages need, listed one by one: nothing else of the class path can be asked for.
public final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    public void register(Router router) {
        file(router, "/assets/style.css", "/pages/style.css", STYLE);
        file(router, "/assets/clerk.js", "/pages/clerk.js", SCRIPT);
        file(router, "/assets/mark.svg", "/pages/mark.svg", "image/svg+xml");
        file(router, "/docs", "/docs-ui/index.html", "text/html; charset=utf-8");
        file(router, "/docs/start.js", "/docs-ui/start.js", SCRIPT);
        file(router, "/docs/swagger-ui-bundle.js", "/docs-ui/swagger-ui-bundle.js", SCRIPT);
        file(router, "/docs/swagger-ui.css", "/docs-ui/swagger-ui.css", STYLE);
        file(router, "/docs/LICENSE", "/docs-ui/LICENSE", "text/plain; charset=utf-8");
    }

    private static void file(Router router, String path, String resource, String type) {
        var content = Buffer.buffer(read(resource));
        var etag = "\"" + Digest.sha256(content.getBytes()).hex().substring(0, 32) + "\"";
        router.get(path).handler(request -> {
            var response = request.response()
                    .putHeader(HttpHeaders.ETAG, etag)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            if (etag.equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatusCode(304).end();
            } else {
                response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(content);
            }
        });
    }

    private static byte[] read(String resource) {
        try (var file = Objects.requireNonNull(Assets.class.getResourceAsStream(resource), resource)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }
}

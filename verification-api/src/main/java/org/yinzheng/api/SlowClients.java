package org.yinzheng.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Closes connections whose first request head does not arrive in time: an idle timeout alone is kept off by
/// one byte now and then.
final class SlowClients {
    private final Vertx vertx;
    private final Duration patience;
    private final Map<HttpConnection, Long> silent = new ConcurrentHashMap<>();

    SlowClients(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
    }

    void connected(HttpConnection connection) {
        silent.put(connection, vertx.setTimer(patience.toMillis(), ignored -> {
            if (silent.remove(connection) != null) {
                connection.close();
            }
        }));
        connection.closeHandler(ignored -> spoken(connection));
    }

    void spoken(HttpServerRequest request) {
        spoken(request.connection());
    }

    private void spoken(HttpConnection connection) {
        var timer = silent.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}

package org.yinzheng.api;

import java.net.URI;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// Where the service listens and whom it believes.
///
/// @param port 0 for any free one
/// @param publicUrl as browsers and QR codes reach it, when that differs from host and port (behind a proxy);
/// no path
public record ServiceConfig(String host, int port, Optional<URI> publicUrl, SignIn signIn, Limits limits) {
    public ServiceConfig {
        publicUrl.ifPresent(url -> {
            var web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null || !url.getRawPath().isEmpty() || url.getRawQuery() != null) {
                throw new InvalidInput("public-url", "publicUrl", "must be http(s)://host[:port] and nothing after it");
            }
        });
    }

    /// On the loopback interface only.
    public static ServiceConfig loopback(int port, SignIn signIn) {
        return new ServiceConfig("127.0.0.1", port, Optional.empty(), signIn, Limits.defaults());
    }
}

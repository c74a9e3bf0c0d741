package org.yinzheng.cli.planted;

import java.net.http.HttpClient;

/// Planted: HTTP outside `verification-api`.
public final class SpeaksHttp {
    private SpeaksHttp() {}

    public static HttpClient client() {
        return HttpClient.newHttpClient();
    }
}

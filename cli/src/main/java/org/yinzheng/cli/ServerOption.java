package org.yinzheng.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.signin.DemoUser;
import picocli.CommandLine.Option;

/// Which server a command speaks to: one that runs, or one that is started for the command's own time.
final class ServerOption {
    @Option(names = "--server", paramLabel = "URL", description = "由此服务办理  use this server")
    private @Nullable URI server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "访问令牌文件；否则用 $YINZHENG_TOKEN  a file with the bearer token; otherwise $YINZHENG_TOKEN")
    private @Nullable Path tokenFile;

    @Option(
            names = "--as",
            paramLabel = "USER",
            description = "以演示用户身份办理，仅供演示  sign in as this user of the demonstration")
    private @Nullable String user;

    @FunctionalInterface
    interface Work<T> {
        T with(ApiClient client) throws IOException;
    }

    /// @param usual who signs in to a server of the command's own, unless the caller says otherwise
    <T> T call(DataOption data, DemoUser usual, Work<T> work) throws IOException {
        if (server != null) {
            try (var client = client(server)) {
                return work.with(client);
            }
        }
        try (var local = LocalService.start(data.folder(), Clock.systemUTC(), text -> {});
                var client = local.as(user == null ? usual : DemoUsers.of(user))) {
            return work.with(client);
        }
    }

    private ApiClient client(URI at) throws IOException {
        return user == null ? new ApiClient(at, token()) : ApiClient.signedIn(at, user);
    }

    private Optional<String> token() throws IOException {
        return tokenFile == null
                ? Optional.ofNullable(System.getenv("YINZHENG_TOKEN"))
                : Optional.of(Files.readString(tokenFile).strip());
    }
}

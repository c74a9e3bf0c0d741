package org.yinzheng.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.yinzheng.api.Service;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.signin.DemoUser;
import org.yinzheng.signing.InvalidInput;

/// The service of a data folder, started on a free port for the length of one command, and reached through its
/// HTTP API.
final class LocalService implements AutoCloseable {
    private final Installation installation;
    private final Service service;

    private LocalService(Installation installation, Service service) {
        this.installation = installation;
        this.service = service;
    }

    static LocalService start(Path data, Clock clock, Consumer<String> say) {
        var installation = Installation.open(data, clock, say);
        try {
            var service = installation.service(0);
            service.start();
            return new LocalService(installation, service);
        } catch (RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    Installation installation() {
        return installation;
    }

    /// A client signed in as `user`, which only the demonstration's sign-in allows.
    ApiClient as(DemoUser user) {
        if (!installation.settings().signIn().demonstration()) {
            throw new InvalidInput(
                    "sign-in", "", "this installation signs in elsewhere: use --server with a token of its provider");
        }
        return ApiClient.signedIn(service.url(), user.id());
    }

    @Override
    public void close() {
        service.stop();
        installation.close();
    }
}

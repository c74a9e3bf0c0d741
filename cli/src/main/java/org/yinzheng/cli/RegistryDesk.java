package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// A registry's rows and keys, opened beside a service that may be running in the same folder: for what is done to them
/// as a whole. Issues nothing, signs nothing.
final class RegistryDesk implements AutoCloseable {
    private final OpenParts opened = new OpenParts();
    private final Foundation base;

    private RegistryDesk(Path data, Clock clock) throws IOException {
        var root = data.toRealPath();
        var settings = Settings.load(DataDirectory.settings(root));
        try {
            base = Foundation.lay(root, settings, clock, Token.open(settings.tokenProfile(), root), opened);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @throws InvalidInput `data-folder`: there is no registry
    /// @throws Failure.NotDone when token or database are away
    static RegistryDesk open(Path data, Clock clock) {
        if (!Files.isRegularFile(DataDirectory.settings(data))) {
            throw new InvalidInput("data-folder", "--data", "there is no registry in " + data);
        }
        try {
            return new RegistryDesk(data, clock);
        } catch (IOException e) {
            throw new Failure.NotDone("the data folder cannot be used: " + data + ": " + e.getMessage(), e);
        }
    }

    PostgresDataKeys dataKeys() {
        return base.dataKeys();
    }

    PostgresErasures erasures() {
        return base.erasures();
    }

    @Override
    public void close() {
        opened.close();
    }
}

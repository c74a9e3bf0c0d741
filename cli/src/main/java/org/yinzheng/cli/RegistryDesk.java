package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// A registry's rows and keys, opened beside a service that may be running in the same folder: for what is done to them
/// as a whole. Issues nothing, signs nothing.
final class RegistryDesk implements AutoCloseable {
    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final PostgresDataKeys dataKeys;
    private final PostgresErasures erasures;

    private RegistryDesk(Path data, Clock clock) throws IOException {
        var root = data.toRealPath();
        var settings = Settings.load(DataDirectory.settings(root));
        try {
            var token = closing(Token.open(settings.tokenProfile(), root), Token::close);
            var vault = new Vault(
                    closing(TokenDataKeys.registryKeys(token, DataDirectory.keys(root)), RegistryKeys::close));
            var database = closing(Installation.openDatabase(settings, root), Database::close);
            dataKeys = new PostgresDataKeys(database, vault, clock);
            dataKeys.open();
            database.sealRows(vault);
            erasures = new PostgresErasures(
                    database,
                    vault,
                    new DirectoryStore(DataDirectory.documents(root)),
                    settings.endedLicences(),
                    clock);
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
        return dataKeys;
    }

    PostgresErasures erasures() {
        return erasures;
    }

    private <T> T closing(T part, Consumer<T> close) {
        opened.push(() -> close.accept(part));
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}

package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.atrest.KeptDataKeys;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresErasures;

/// What everything in a data folder rests on: the token, and the rows and documents that the token's keys open.
///
/// @param opened takes what else has to be closed before these
record Foundation(
        Path root,
        Settings settings,
        Clock clock,
        OpenParts opened,
        Token token,
        TokenCustodian custodian,
        SealedSecrets secrets,
        Vault vault,
        Database database,
        PostgresDataKeys dataKeys,
        DirectoryStore documents) {

    /// @param token closed with the other parts
    static Foundation lay(Path root, Settings settings, Clock clock, Token token, OpenParts opened) throws IOException {
        opened.add(token, Token::close);
        var keys = DataDirectory.keys(root);
        var secrets = new SealedSecrets(token, keys);
        var vault = new Vault(opened.add(KeptDataKeys.registryKeys(secrets), RegistryKeys::close));
        var database = opened.add(database(settings, root), Database::close);
        var dataKeys = new PostgresDataKeys(database, vault, clock);
        dataKeys.open();
        database.sealRows(vault);
        return new Foundation(
                root,
                settings,
                clock,
                opened,
                token,
                new TokenCustodian(token, keys),
                secrets,
                vault,
                database,
                dataKeys,
                new DirectoryStore(DataDirectory.documents(root)));
    }

    PostgresErasures erasures() {
        return new PostgresErasures(database, vault, documents, settings.endedLicences(), clock);
    }

    private static Database database(Settings settings, Path root) throws IOException {
        if (settings.database().isEmpty()) {
            return Database.embedded(root.resolve("postgres"));
        }
        var other = settings.database().get();
        var database = Database.at(
                other.url(),
                other.user(),
                Files.readString(other.passwordFile()).strip());
        other.lookups().ifPresent(standby -> database.lookUpAt(standby.url(), standby.lag()));
        return database;
    }
}

package org.yinzheng.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.yinzheng.api.AuditParts;
import org.yinzheng.api.client.WitnessClient;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.Rounds;
import org.yinzheng.registry.postgres.PostgresAuditLog;
import org.yinzheng.registry.postgres.PostgresSeenLogs;
import org.yinzheng.registry.witness.Cosigner;
import org.yinzheng.registry.witness.Cosigning;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.key.KeyKind;

/// An installation's audit log, those who watch it, and its own eye on others'. Log and witness are named by their
/// keys, so that nobody can give them another name by a setting.
final class AuditSetup {
    private final Foundation base;
    private final Settings.AuditSettings settings;
    private final AuditLog log;

    AuditSetup(Foundation base) {
        this.base = base;
        settings = base.settings().audit().orElse(Settings.AuditSettings.ALONE);
        var key = base.custodian().findOrMake("audit-log-p256", KeyKind.P_256);
        var name = Digest.sha256(key.publicKey().getEncoded()).hex().substring(0, 16);
        log = new PostgresAuditLog(base.database(), "yinzheng-audit/" + name, key, base.clock());
    }

    /// For who judges proofs beside the service.
    void tellLogKey() throws IOException {
        var own = new KnownLogs(List.of(log.key()), List.of()).text().getBytes(StandardCharsets.US_ASCII);
        var folder = DataDirectory.trust(base.root()).resolve(OperatorTrust.LOGS);
        var file = folder.resolve("own.vkey");
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), own)) {
            Files.createDirectories(folder);
            DurableFile.write(file, own);
        }
    }

    AuditLog log() {
        return log;
    }

    Witness witness() {
        var cosigner = Cosigner.named(
                "yinzheng-witness/", () -> base.secrets().findOrMake("audit-witness-ed25519", 32), base.clock());
        return new Witness(settings.known().logs(), new PostgresSeenLogs(base.database()), cosigner);
    }

    AuditParts parts() {
        return new AuditParts(log, witness());
    }

    /// They end before database and token are closed.
    void startRounds() {
        base.opened().add(Rounds.start("audit-sequencer", log::advance, AuditLog.EVERY), Rounds::close);
        var witnesses = settings.witnesses().orElse(List.of());
        if (!witnesses.isEmpty()) {
            var cosigning =
                    new Cosigning(log, witnesses.stream().map(this::peer).toList());
            base.opened().add(Rounds.start("audit-witnesses", cosigning::round, Cosigning.EVERY), Rounds::close);
        }
    }

    private Cosigning.Peer peer(Settings.WitnessSettings other) {
        var client = base.opened().add(new WitnessClient(other.url()), WitnessClient::close);
        return new Cosigning.Peer(WitnessKey.parse(other.key()), client::ask);
    }
}

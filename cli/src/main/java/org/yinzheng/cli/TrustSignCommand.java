package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.trustlist.ListSigner;
import org.yinzheng.signing.trustlist.TrustEntry;
import org.yinzheng.signing.trustlist.TrustList;
import org.yinzheng.signing.trustlist.TrustListJson;
import org.yinzheng.signing.trustlist.TrustListStore;
import org.yinzheng.signing.verdict.Bilingual;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Makes the next edition of our own list, and signs it by a key in the token.
@Command(
        name = "sign",
        header = "制作并签署本地列表的下一期  make and sign the next edition of our list",
        description = {
            "不给 --entries 时，收录本安装的演示机构：CA、制章者、时间戳、颁发机构。",
            "Without --entries: the demonstration's authorities, seal maker and timestamp authority of this installation."
        },
        mixinStandardHelpOptions = true)
final class TrustSignCommand implements Callable<Integer> {
    private static final Duration VALID = Duration.ofDays(180);

    @ParentCommand
    private TrustCommand trust = new TrustCommand();

    @Option(
            names = "--entries",
            paramLabel = "FILE",
            description =
                    "JSON，如 trust show --json 所示；期号与时间由本命令填写  as trust show --json prints it; edition and times are set here")
    private @Nullable Path entries;

    @Option(
            names = "--region",
            paramLabel = "CODE",
            defaultValue = "330000",
            description = "区划代码  division code (GB/T 2260)")
    private String region = "";

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "本地信任列表", description = "名称  its name")
    private String name = "";

    @Option(
            names = "--key",
            paramLabel = "KIND",
            defaultValue = "P_256",
            description = "P_256、RSA_2048 或 SM2  kind of the signing key in the token")
    private KeyKind kind = KeyKind.P_256;

    @Override
    public Integer call() throws IOException {
        try (var directory = DataDirectory.open(trust.dataFolder())) {
            var settings = Settings.load(directory.settings());
            try (var token = Token.init(settings.tokenProfile(), directory.root())) {
                var custodian = new TokenCustodian(token, directory.keys());
                var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                var store = new TrustListStore(OperatorTrust.lists(directory.root()));
                long edition = store.own().map(own -> own.list().sequence() + 1).orElse(1L);
                var list = entries == null
                        ? new TrustList(
                                region,
                                new Bilingual(name, "our trust list"),
                                edition,
                                now,
                                now.plus(VALID),
                                demonstration(
                                        settings,
                                        DemonstrationAuthority.open(custodian, directory.pki(), Clock.systemUTC()),
                                        now))
                        : TrustListJson.read(edition(TrustCommand.read(entries), edition, now));
                var key = custodian.findOrMake("trust-list-" + kind.name().toLowerCase(Locale.ROOT), kind);
                var signer = new ListSigner(key.publicKey());
                store.keepOwn(ListSigner.sign(list, key), signer);
                trust.output()
                        .out("✔ 已签署 signed: 第 " + edition + " 期 edition, "
                                + list.entries().size() + " 条 entries, " + list.nextUpdate()
                                + " 前更新 to be replaced by then");
                trust.output().out("签名公钥指纹 fingerprint of the signing key: " + signer.fingerprint());
                return ExitCode.DONE;
            }
        }
    }

    private static List<TrustEntry> demonstration(Settings settings, DemonstrationAuthority authority, Instant now) {
        var entries = new ArrayList<TrustEntry>();
        var from = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS);
        entries.add(entry(
                TrustEntry.Kind.CA,
                new Bilingual("印证演示 CA", "demonstration CA"),
                Optional.empty(),
                List.copyOf(authority.trust().anchors()),
                from));
        entries.add(entry(
                TrustEntry.Kind.SEAL_MAKER,
                new Bilingual("印证演示制章中心", "demonstration seal maker"),
                Optional.empty(),
                List.of(authority.sealMaker().certificate()),
                from));
        entries.add(entry(
                TrustEntry.Kind.TSA,
                new Bilingual("印证演示时间戳服务", "demonstration timestamp authority"),
                Optional.empty(),
                Stream.of(Suite.RSA_SHA256, Suite.SM2_SM3)
                        .map(suite -> authority.timestamper(suite).certificate())
                        .toList(),
                from));
        for (var office : settings.authorities()) {
            entries.add(entry(
                    TrustEntry.Kind.AUTHORITY,
                    new Bilingual(office.name(), office.name()),
                    Optional.of(office.creditCode()),
                    List.of(),
                    from));
        }
        return entries;
    }

    private static TrustEntry entry(
            TrustEntry.Kind kind,
            Bilingual name,
            Optional<String> creditCode,
            List<X509Certificate> certificates,
            Instant from) {
        return new TrustEntry(kind, name, creditCode, certificates, from, Optional.empty(), List.of(), true);
    }

    private static JsonNode edition(JsonNode given, long edition, Instant now) {
        if (!(given instanceof ObjectNode list)) {
            throw new InvalidInput("trust-list-form", "", "an object");
        }
        return list.put("sequence", edition)
                .put("issued", now.toString())
                .put("nextUpdate", now.plus(VALID).toString());
    }
}

package org.yinzheng.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.api.RightsParts;
import org.yinzheng.api.SignIn;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.registry.postgres.PostgresGrants;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// Who may come in to an installation, and what they may do in it.
final class SignInSetup {
    private final Foundation base;
    private final Settings.SignInSettings settings;

    SignInSetup(Foundation base) {
        this.base = base;
        settings = base.settings().signIn();
    }

    /// @throws InvalidInput `demonstration-sign-in`, `settings`
    SignIn signIn() {
        if (!settings.demonstration()) {
            return new SignIn.Provider(
                    required(settings.issuer(), "issuer"),
                    required(settings.audience(), "audience"),
                    required(settings.jwks(), "jwks"));
        }
        if (!isLoopback(base.settings().server().host())) {
            throw new InvalidInput(
                    "demonstration-sign-in",
                    "server.host",
                    "the demonstration's sign-in lets anybody be anybody: it is allowed on the loopback address only");
        }
        return new SignIn.Demonstration(DemoUsers.all());
    }

    Optional<SigningKey> demonstrationKey() {
        return settings.demonstration()
                ? Optional.of(base.custodian().findOrMake("demo-identity-provider-p256", KeyKind.P_256))
                : Optional.empty();
    }

    /// With security administrators in the settings, nobody's token is believed in what they may do.
    RightsParts rights() {
        var grants = new PostgresGrants(base.database(), base.vault(), base.clock());
        var first = settings.securityAdministrators();
        if (first.isEmpty()) {
            return new RightsParts(grants, Rights.Source.TOKEN_AND_GRANTS, Set.of());
        }
        var subjects = Set.copyOf(first.get());
        if (subjects.size() < 2) {
            throw new InvalidInput(
                    "security-administrators",
                    "signIn.securityAdministrators",
                    "two at least: one proposes a right, another confirms it");
        }
        return new RightsParts(grants, Rights.Source.GRANTS, subjects);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static <T> T required(Optional<T> setting, String name) {
        return setting.orElseThrow(
                () -> new InvalidInput("settings", "signIn." + name, "is required without the demonstration"));
    }
}

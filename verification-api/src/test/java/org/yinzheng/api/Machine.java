package org.yinzheng.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// What all tests of one process share, because there can be only one of it: the token. Made on first use, kept till
/// the process ends.
final class Machine {
    private static final Machine ONLY = new Machine();

    private final Path data = temporary();
    private final Token token = Token.init(TokenProfile.softHsm(), data);
    private final TokenCustodian custodian = new TokenCustodian(token, data.resolve("keys"));
    private final SigningKey signInKey = custodian.findOrMake("demo-sign-in", KeyKind.P_256);

    private Machine() {}

    static Machine get() {
        return ONLY;
    }

    Path data() {
        return data;
    }

    Token token() {
        return token;
    }

    TokenCustodian custodian() {
        return custodian;
    }

    SigningKey signInKey() {
        return signInKey;
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")).toAbsolutePath(), "machine-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.yinzheng.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;

class SecrecyTest {
    @TempDir
    Path data;

    @Test
    void pinsAreInNothingThatCanBePrinted() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var level = root.getLevel();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        var said = new ArrayList<String>();
        try {
            exercise(said);
        } finally {
            root.detachAppender(log);
            root.setLevel(level);
        }
        for (var event : log.list) {
            said.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        said.add(Files.readString(Path.of("/proc/self/cmdline")));
        said.add(System.getenv().toString());
        said.add(Files.readString(data.resolve("token/softhsm2.conf")));

        assertThat(said).hasSizeGreaterThan(8);
        for (var pin : pins()) {
            assertThat(pin).hasSize(24);
            assertThat(said).noneMatch(text -> text.contains(pin));
        }
    }

    private void exercise(List<String> said) throws Exception {
        try (var token = Token.init(TokenProfile.softHsm(), data)) {
            var key = new TokenCustodian(token, data.resolve("keys")).make("key", KeyKind.SM2);
            said.add(key.toString());
            said.add(token.toString());
            said.add(token.profile().toString());
            said.add(token.status().toString());
        }
        var pin = data.resolve("token/pin");
        try (var read = Pin.read(pin)) {
            said.add(read.toString());
        }
        var right = Files.readString(pin);
        Files.writeString(pin, right + right); // refused, and holds what must not be shown
        try (var token = Token.open(TokenProfile.softHsm(), data)) {
            said.add(token.status().toString());
            token.use(OpenToken::labels);
        } catch (Failure e) {
            var trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            said.add(trace.toString());
        }
        Files.writeString(pin, right);
    }

    private List<String> pins() throws Exception {
        return List.of(Files.readString(data.resolve("token/pin")), Files.readString(data.resolve("token/so-pin")));
    }
}

package org.yinzheng.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.yinzheng.registry.identity.HolderId;

/// A person's number, as somebody types it or another program sends it: never on the command line, which other users of
/// the machine can read, and not on the screen either.
final class HolderNumber {
    private static final int LONGEST = 64;

    private HolderNumber() {}

    /// @throws org.yinzheng.signing.InvalidInput when it is no such number
    @SuppressWarnings("SystemConsoleNull") // whether it is null or no terminal differs between JDKs
    static HolderId read() throws IOException {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            var typed = console.readPassword("%s", "证件号码（输入时不显示） the holder's number (not shown): ");
            return typed == null ? number("") : number(new String(typed, 0, Math.min(typed.length, LONGEST)));
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = in.read()) {
            line.append((char) c);
        }
        return number(line.toString());
    }

    private static HolderId number(String text) {
        return HolderId.guess("holderId", text.strip().toUpperCase(Locale.ROOT));
    }
}

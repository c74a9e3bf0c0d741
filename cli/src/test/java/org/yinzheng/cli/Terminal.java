package org.yinzheng.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// One run of the command line in this process: what it printed and how it ended.
record Terminal(int exitCode, String out, String err) {
    static Terminal run(Object... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Yinzheng.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(List.of(words).stream().map(String::valueOf).toArray(String[]::new));
        return new Terminal(exitCode, out.toString(), err.toString());
    }
}

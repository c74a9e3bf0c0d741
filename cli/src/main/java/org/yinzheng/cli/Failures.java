package org.yinzheng.cli;

import java.util.UUID;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what went wrong into one message on stderr and an exit code; a stack trace only for our own bugs, in the
/// log.
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        var err = command.getErr();
        switch (thrown) {
            case InvalidInput invalid -> {
                err.println(command.getColorScheme()
                        .errorText("错误 error [" + invalid.code() + "]: " + invalid.getMessage()));
                return ExitCode.FAILED;
            }
            case Failure.NotDone notDone -> {
                err.println(command.getColorScheme().errorText("未执行 not done: " + notDone.getMessage()));
                return ExitCode.UNAVAILABLE;
            }
            case Failure.Unknown unknown -> {
                err.println(command.getColorScheme().errorText("结果未知 outcome unknown: " + unknown.getMessage()));
                err.println("重新运行会先核对，不会重复制证。 Run it again: it reconciles first and makes nothing twice.");
                return ExitCode.UNAVAILABLE;
            }
            default -> {
                var incident = UUID.randomUUID().toString();
                LoggerFactory.getLogger(Failures.class).error("incident {}", incident, thrown);
                err.println(command.getColorScheme().errorText("程序缺陷 a bug, incident " + incident));
                return ExitCode.BUG;
            }
        }
    }
}

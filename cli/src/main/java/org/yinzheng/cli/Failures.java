package org.yinzheng.cli;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Turns what went wrong into one message on stderr and an exit code; a stack trace only for our own bugs, in the
/// log.
final class Failures implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        LOG.debug("the command ends with", thrown);
        return switch (thrown) {
            case InvalidInput invalid ->
                say(command, "错误 error [" + invalid.code() + "]: " + invalid.getMessage(), ExitCode.FAILED);
            case Failure.NotDone notDone -> say(command, "未执行 not done: " + notDone.getMessage(), ExitCode.UNAVAILABLE);
            case Failure.Unknown unknown ->
                say(
                        command,
                        "结果未知 outcome unknown: " + unknown.getMessage()
                                + "\n重新运行会先核对，不会重复制证。 Run it again: it reconciles first and makes nothing twice.",
                        ExitCode.UNAVAILABLE);
            default -> {
                var incident = UUID.randomUUID().toString();
                LOG.error("incident {}", incident, thrown);
                yield say(command, "程序缺陷 a bug, incident " + incident, ExitCode.BUG);
            }
        };
    }

    private static int say(CommandLine command, String message, int exitCode) {
        command.getErr().println(command.getColorScheme().errorText(message));
        return exitCode;
    }
}

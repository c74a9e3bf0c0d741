package org.yinzheng.cli;

import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Wrong words on the command line: what is wrong, what was perhaps meant, how to see the help; exit 64.
final class Usage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException thrown, String[] args) {
        var command = thrown.getCommandLine();
        var err = command.getErr();
        err.println(command.getColorScheme().errorText(thrown.getMessage()));
        UnmatchedArgumentException.printSuggestions(thrown, err);
        err.println("用法 see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}

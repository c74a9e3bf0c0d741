package org.yinzheng.cli;

import picocli.CommandLine.IVersionProvider;

final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var version = Yinzheng.class.getPackage().getImplementationVersion();
        return new String[] {"yinzheng " + (version == null ? "(development)" : version), "Java " + Runtime.version()};
    }
}

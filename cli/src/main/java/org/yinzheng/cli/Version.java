package org.yinzheng.cli;

import picocli.CommandLine.IVersionProvider;

final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text(), "Java " + Runtime.version()};
    }

    static String text() {
        var version = Yinzheng.class.getPackage().getImplementationVersion();
        return "yinzheng " + (version == null ? "(development)" : version);
    }
}

package org.yinzheng.cli;

/// What the process answers to its caller (64 and above follow BSD `sysexits`).
final class ExitCode {
    /// Done; every document passed.
    static final int DONE = 0;

    /// At least one failed.
    static final int FAILED = 1;

    /// At least one is indeterminate, none failed.
    static final int INDETERMINATE = 2;

    static final int USAGE = 64;

    /// A service that is needed (token, database, another server) is away.
    static final int UNAVAILABLE = 69;

    /// A bug of ours.
    static final int BUG = 70;

    private ExitCode() {}
}

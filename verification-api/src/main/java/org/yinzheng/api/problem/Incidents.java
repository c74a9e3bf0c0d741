package org.yinzheng.api.problem;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a failure into the log under an id that the caller is given in its place. Whatever looks like a
/// citizen ID or a credit code is masked first: the message of a library's exception may quote what it choked
/// on.
final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger("org.yinzheng.incident");
    private static final Pattern LIKE_A_HOLDERS_NUMBER = Pattern.compile("[0-9A-Z]{14,}[Xx]?");

    private Incidents() {}

    static String bug(String operation, Throwable failure) {
        var id = id();
        LOG.error("incident {} in {}\n{}", id, operation, masked(trace(failure)));
        return id;
    }

    static String unavailable(String operation, Throwable failure) {
        var id = id();
        LOG.warn("incident {} in {}: {}", id, operation, masked(chain(failure)));
        return id;
    }

    static String masked(String text) {
        return LIKE_A_HOLDERS_NUMBER.matcher(text).replaceAll("******");
    }

    private static String id() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String chain(Throwable failure) {
        var text = new StringBuilder(failure.toString());
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append(" <- ").append(cause);
        }
        return text.toString();
    }
}

package org.yinzheng.registry.postgres;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.Failure;

/// What an SQL error says about the world. By SQLSTATE (PostgreSQL manual, appendix A), never by message.
/// PostgreSQL's messages can hold values of rows, so they stay in the cause and out of ours.
final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";

    private SqlFailures() {}

    /// Before the commit was sent: whatever went wrong, PostgreSQL rolls back.
    static RuntimeException beforeCommit(SQLException e) {
        return isAway(e)
                ? new Failure.NotDone("the database is not available", e)
                : new IllegalStateException("the database refused a statement, SQLSTATE " + state(e), e);
    }

    /// While the commit was under way. A refusal that PostgreSQL itself sent is final; without an answer nobody
    /// knows.
    static RuntimeException atCommit(SQLException e) {
        var state = state(e);
        boolean unanswered =
                state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state.equals("40003");
        return unanswered ? new Failure.Unknown("the database did not say whether it committed", e) : beforeCommit(e);
    }

    /// @return the violated constraint's or unique index's name
    static @Nullable String uniqueViolation(SQLException e) {
        if (!state(e).equals(UNIQUE_VIOLATION) || !(e instanceof org.postgresql.util.PSQLException postgres)) {
            return null;
        }
        var message = postgres.getServerErrorMessage();
        return message == null ? "" : message.getConstraint();
    }

    /// Not there, going down, full, or busy with others: nothing that the statement is to blame for.
    static boolean isAway(SQLException e) {
        var state = state(e);
        // without a state it is the pool's own: a connection that broke is closed for good
        if (e instanceof SQLTransientConnectionException || state.isEmpty()) {
            return true;
        }
        return state.startsWith("08") // connection
                || state.startsWith("57P") // shutdown, crash, not yet started
                || state.startsWith("53") // disk full, too many connections, out of memory
                || state.startsWith("58") // I/O error
                || state.startsWith("28") // refuses us
                || state.startsWith("40") // serialisation, deadlock
                || state.equals("55P03") // lock not available in time
                || state.equals("57014") // statement took too long
                || state.equals("25006") // read-only: a standby
                || state.equals("3D000"); // no such database (yet)
    }

    private static String state(SQLException e) {
        var state = e.getSQLState();
        return state == null ? "" : state;
    }
}

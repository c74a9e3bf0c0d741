package org.yinzheng.signing.layout;

/// What a licence's own pages had no room for.
sealed interface Overflow {
    record LongText(String heading, Copy copy) implements Overflow {}

    /// @param from the first row that is not placed yet
    record Rows(TableSetter table, int from) implements Overflow {}

    /// @param from the first item that is not placed yet
    record Items(RepeatSetter repeat, int from) implements Overflow {}
}

package org.yinzheng.registry.conversion;

/// Why a row was not converted.
///
/// @param column the header of the column at fault; empty for the row as a whole
public record Rejection(String column, RejectionReason reason) {}

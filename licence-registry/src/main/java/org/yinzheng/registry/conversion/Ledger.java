package org.yinzheng.registry.conversion;

/// Which row of which index has which answer. Kept so that a run that is killed at any moment is continued by the next.
public interface Ledger {}

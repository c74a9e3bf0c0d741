package org.yinzheng.registry.stamping;

/// What a stamping has done so far: for tests that end a process there.
enum StampStep {
    INTENTS_RECORDED,
    DOCUMENT_STORED,
    RESULT_RECORDED
}

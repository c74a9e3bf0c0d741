package org.yinzheng.registry.identity;

import org.yinzheng.signing.InvalidInput;

/// A broken rule before it is known where in the input the value stood.
record Rule(String code, String text) {
    InvalidInput at(String field) {
        return new InvalidInput(code, field, text);
    }
}

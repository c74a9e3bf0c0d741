package org.yinzheng.hsm.token;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// One attribute of an object: its CKA_ code and its value as the library wants it.
@SuppressWarnings("ArrayRecordComponent") // lives for one call, never compared
record Attribute(long type, byte[] value) {
    static final long CLASS = 0x0;
    static final long LABEL = 0x3;
    static final long ID = 0x102;
    static final long MODULUS = 0x120;
    static final long EC_POINT = 0x181;

    static Attribute of(long type, long value) {
        return new Attribute(
                type,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.nativeOrder())
                        .putLong(value)
                        .array());
    }

    static Attribute of(long type, String value) {
        return new Attribute(type, value.getBytes(StandardCharsets.UTF_8));
    }
}

package org.yinzheng.api.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// One message between the service and a worker: its kind, its length, its bytes.
@SuppressWarnings("ArrayRecordComponent") // read once, at once
record Frame(Kind kind, byte[] content) {
    /// To the worker: TRUST (a snapshot; no answer), DOCUMENT (the validation time, then the document), REVOCATION
    /// (what
    /// it asked for). From it: READY, ASK (for a certificate's revocation data), REPORT, FAULT (a bug, as text).
    enum Kind {
        TRUST,
        DOCUMENT,
        REVOCATION,
        READY,
        ASK,
        REPORT,
        FAULT
    }

    @SuppressWarnings("EnumOrdinal") // both ends are of one build
    void write(DataOutputStream output) throws IOException {
        output.writeByte(kind.ordinal());
        output.writeInt(content.length);
        output.write(content);
        output.flush();
    }

    /// @param largest that is accepted, before anything is allocated
    static Frame read(DataInputStream input, int largest) throws IOException {
        int kind = input.readUnsignedByte();
        int length = input.readInt();
        if (kind >= Kind.values().length || length < 0 || length > largest) {
            throw new IOException("not a message: kind " + kind + ", length " + length);
        }
        var content = new byte[length];
        input.readFully(content);
        return new Frame(Kind.values()[kind], content);
    }
}

package org.yinzheng.signing.planted;

import org.bouncycastle.asn1.ASN1Sequence;

/// Planted: a public signature that shows a type of Bouncy Castle.
public final class ShowsCryptoType {
    private ShowsCryptoType() {}

    public static int sizeOf(ASN1Sequence sequence) {
        return sequence.size();
    }
}

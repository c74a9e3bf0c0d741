package org.yinzheng.registry.issuance;

/// The places in the ceremony between which a crash makes a difference, in their order.
enum Step {
    DRAWN,
    INTENT_RECORDED,
    PDF_STAMPED,
    OFD_STAMPED,
    XML_SIGNED,
    CREDENTIAL_SIGNED,
    VERIFIED,
    PDF_STORED,
    ALL_STORED,
    RESULT_RECORDED
}

package org.yinzheng.signing.verdict;

/// What could not be established. Never a statement that a document is forged.
public enum Gap implements Reason {
    NO_SIGNATURE(
            SubIndication.SIGNED_DATA_NOT_FOUND,
            Effect.UNDECIDED,
            Next.ASK_SIGNED_FILE,
            "文件没有电子签名，可能是复印件或扫描件",
            "the file carries no signature: perhaps a copy or a scan"),
    UNREADABLE(
            SubIndication.GENERIC,
            Effect.UNDECIDED,
            Next.CHOOSE_FILE,
            "这不是可读的 PDF、OFD、XML 或 JWS 文件",
            "this is no readable PDF, OFD, XML or JWS file"),
    VERIFIER_BUSY(
            SubIndication.GENERIC,
            Effect.UNDECIDED,
            Next.TRY_LATER,
            "核验程序正被其他文件占用，本文件尚未核验，请稍后再试",
            "other documents occupy the verifier and this one was not judged: try later"),
    TOO_LARGE(SubIndication.GENERIC, Effect.UNDECIDED, Next.ASK_AUTHORITY, "文件过大", "the file is too large"),
    TOO_COMPLEX(
            SubIndication.GENERIC,
            Effect.UNDECIDED,
            Next.ASK_AUTHORITY,
            "文件过于复杂，无法在限定条件内核验完毕",
            "the document is too complex to be judged within the limits"),
    ENCRYPTED(
            SubIndication.GENERIC,
            Effect.UNDECIDED,
            Next.ASK_ORIGINAL,
            "文件已加密，无法核验",
            "the document is encrypted and cannot be judged"),
    ORIGINAL_MISSING(
            SubIndication.SIGNED_DATA_NOT_FOUND,
            Effect.UNDECIDED,
            Next.CHOOSE_FILE,
            "缺少被签名的原文件",
            "the file that was signed is not here"),
    PROCESSING_FORBIDDEN(
            SubIndication.GENERIC,
            Effect.UNDECIDED,
            Next.ASK_AUTHORITY,
            "签名要求执行不被允许的处理，无法核验",
            "the signature asks for processing that is not carried out"),
    SIGNATURE_KIND_UNKNOWN(
            SubIndication.GENERIC,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "签名种类不在支持之列",
            "a kind of signature that is not judged"),
    NO_SIGNING_CERTIFICATE_FOUND(
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "文件中没有签名人证书",
            "the signer's certificate is not in the document"),
    SIGNING_CERTIFICATE_UNNAMED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "签名没有写明所用的证书",
            "the signature does not say which certificate it was made with"),
    NO_CERTIFICATE_CHAIN_FOUND(
            SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "签名人不在信任列表中",
            "no path from the signer to a trust anchor"),
    CHAIN_CONSTRAINTS_FAILURE(
            SubIndication.CHAIN_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "证书用途或路径约束不符",
            "the certificate's usage or path constraints do not fit"),
    SIGNER_NOT_ISSUING_AUTHORITY(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "签名人不是该证照的颁发机构",
            "the signer is not the authority that issues such a licence"),
    SEAL_MAKER_NOT_TRUSTED(
            SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "制章者不在信任列表中",
            "the seal maker is not on the trust list"),
    SEAL_UNPROVEN(
            SubIndication.GENERIC,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "印章本身的签名或格式无法判定",
            "the seal's own signature or form cannot be judged"),
    SEAL_NOT_STAMPED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "显示了印章图样，但其签名不是电子签章",
            "a seal is shown, and the signature that shows it is no stamp"),
    SEAL_PLACE_UNCLEAR(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "印章盖在哪一页不明确",
            "it is not clear on which page the seal stands"),
    JWS_KEY_UNKNOWN(
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "签发 JWS 的密钥不在公布之列",
            "the key that signed the JWS is not among those published"),
    RECEIPT_UNCONFIRMED(
            SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "证据包中回执的签发者不在信任列表中，或其证书无法判定",
            "nobody whom we trust vouches for the receipt in the bundle, or its certificate cannot be judged"),
    LOG_UNCONFIRMED(
            SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "所附日志证明来自未登记为可信的日志",
            "the proof comes from a log that is not among those trusted"),
    TRUST_LIST_EXPIRED(
            SubIndication.CERTIFICATE_CHAIN_GENERAL_FAILURE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "信任列表已过期，请更新",
            "the trust list has expired"),
    REGION_NOT_TRUSTED(
            SubIndication.CHAIN_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "信任列表中的机构只适用于其他地区",
            "whoever vouches for the signer or made the seal is trusted for other regions only"),
    REGION_UNKNOWN(
            SubIndication.CHAIN_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "信任列表限定了适用地区，而签名人所在地区无法确定",
            "the trust list limits the region, and where the signer is registered cannot be established"),
    REGION_PROFILE_UNMET(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "外地印章不符合互认要求",
            "a seal of another region does not meet what was agreed for mutual recognition"),
    OUT_OF_BOUNDS_NO_POE(
            SubIndication.OUT_OF_BOUNDS_NO_POE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "证书已过期或尚未生效，且无可信时间证明",
            "the certificate is not within its validity period and nothing proves the time of signing"),
    REVOKED_NO_POE(
            SubIndication.REVOKED_NO_POE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "证书已被吊销，无法证明签名早于吊销",
            "the certificate is revoked and nothing proves that signing came first"),
    REVOKED_CA_NO_POE(
            SubIndication.REVOKED_CA_NO_POE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "证书链中的 CA 证书已被吊销",
            "a certificate authority in the path is revoked"),
    TRY_LATER(
            SubIndication.TRY_LATER,
            Effect.NONE,
            Next.TRY_LATER,
            "缺少最新的吊销信息，请稍后再试",
            "revocation data is missing or stale: try later"),
    TIMESTAMP_AUTHORITY_REVOKED(
            SubIndication.REVOKED_NO_POE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "时间戳机构的证书已被吊销，其时间戳不能证明时间",
            "the timestamp authority's certificate was revoked, so that its timestamp proves no time"),
    TIMESTAMP_ORDER_FAILURE(
            SubIndication.TIMESTAMP_ORDER_FAILURE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "时间戳的先后顺序不合理",
            "a timestamp is later than it can be"),
    TIMESTAMP_UNTRUSTED(
            SubIndication.NO_POE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "时间戳机构不在信任列表中",
            "the timestamp authority is not on the trust list"),
    NOT_ALL_CONTENT_COVERED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "签名未覆盖文件的全部内容",
            "the signature does not cover everything that the document shows"),
    DOCUMENT_NOT_COVERED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "文件中有多份文档，其中有的没有签名覆盖",
            "the file holds several documents, and no signature covers one of them"),
    HIDDEN_CONTENT(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "签名前的文件中藏有不可见的内容",
            "the document held content that is not seen when it was signed"),
    /// What is seen may be what nobody signed, by a change that the signer permitted.
    CONTENT_OBSCURED(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.UNDECIDED,
            Next.READ_WITH_CARE,
            "签名后的批注、填写的表单域或签名图样遮住了已签名的内容",
            "an annotation, a filled field or a later signature's picture covers signed content"),
    FORM_VALUE_DIFFERS(
            SubIndication.SIG_CONSTRAINTS_FAILURE,
            Effect.NONE,
            Next.READ_WITH_CARE,
            "表单显示的文字与其数值不同",
            "what a form field shows differs from its value"),
    ALGORITHM_UNKNOWN(
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
            Effect.UNDECIDED,
            Next.ASK_AUTHORITY,
            "签名算法不在支持之列",
            "the algorithm is not supported"),
    ALGORITHM_WEAK(
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "签名算法已过安全期限，无法证明签名早于该期限",
            "the algorithm is past the date until which it was safe, and nothing proves an earlier time"),
    REVOCATION_DATA_WEAK(
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "吊销信息的签名算法或密钥已过安全期限，不能据以判定证书未被吊销",
            "how the revocation data is signed is past the date until which it was safe, so that it clears nobody"),
    ALGORITHM_NOT_LISTED(
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
            Effect.NONE,
            Next.ASK_ADMINISTRATOR,
            "签名算法或密钥种类不在算法策略之列",
            "the algorithm policy does not list the algorithm or the kind of key"),
    KEY_TOO_WEAK(
            SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
            Effect.NONE,
            Next.ASK_AUTHORITY,
            "密钥长度不足",
            "the key is too weak");

    private final SubIndication subIndication;
    private final Effect effect;
    private final Next next;
    private final String zh;
    private final String en;

    Gap(SubIndication subIndication, Effect effect, Next next, String zh, String en) {
        this.subIndication = subIndication;
        this.effect = effect;
        this.next = next;
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Bilingual text() {
        return new Bilingual(zh, en);
    }

    @Override
    public Next next() {
        return next;
    }

    @Override
    public SubIndication subIndication() {
        return subIndication;
    }

    @Override
    public Effect effect() {
        return effect;
    }
}

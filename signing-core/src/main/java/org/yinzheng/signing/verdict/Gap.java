package org.yinzheng.signing.verdict;

/// What could not be established. Never a statement that a document is forged.
public enum Gap implements Reason {
    NO_SIGNING_CERTIFICATE_FOUND("文件中没有签名人证书", "the signer's certificate is not in the document"),
    NO_CERTIFICATE_CHAIN_FOUND("签名人不在信任列表中", "no path from the signer to a trust anchor"),
    CHAIN_CONSTRAINTS_FAILURE("证书用途或路径约束不符", "the certificate's usage or path constraints do not fit"),
    SEAL_MAKER_NOT_TRUSTED("制章者不在信任列表中", "the seal maker is not on the trust list"),
    OUT_OF_BOUNDS_NO_POE(
            "证书已过期或尚未生效，且无可信时间证明",
            "the certificate is not within its validity period and nothing proves the time of signing"),
    REVOKED_NO_POE("证书已被吊销，无法证明签名早于吊销", "the certificate is revoked and nothing proves that signing came first"),
    TIMESTAMP_ORDER_FAILURE("时间戳的先后顺序不合理", "a timestamp is later than it can be"),
    TRY_LATER("缺少最新的吊销信息，请稍后再试", "revocation data is missing or stale: try later"),
    NOT_ALL_CONTENT_COVERED("签名未覆盖文件的全部内容", "the signature does not cover everything that the document shows"),
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE("签名算法强度不足或不受支持", "the algorithm is too weak or not supported"),
    TOO_COMPLEX("文件过于复杂，无法在限定条件内核验完毕", "the document is too complex to be judged within the limits");

    private final String chinese;
    private final String english;

    Gap(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    @Override
    public String chinese() {
        return chinese;
    }

    @Override
    public String english() {
        return english;
    }
}

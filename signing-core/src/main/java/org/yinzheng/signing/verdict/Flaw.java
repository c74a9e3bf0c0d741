package org.yinzheng.signing.verdict;

/// What proves a signature, or the document around it, to be wrong. Named as the sub-indications of ETSI EN
/// 319 102-1 where it has one.
public enum Flaw implements Reason {
    FORMAT_FAILURE("签名结构不符合标准", "the signature does not follow its format"),
    HASH_FAILURE("签名后内容被修改", "the signed content was changed after signing"),
    SIG_CRYPTO_FAILURE("签名值与签名人证书不符", "the signature value does not verify with the signer's certificate"),
    CONTENT_ADDED_AFTER_SIGNING("签名后追加了未被签名的内容", "unsigned content was added after signing"),
    SEAL_SIGNATURE_INVALID("印章不是由所述制章者制作，或制作后被改动", "the seal was not made by its seal maker or was changed since"),
    SEAL_SIGNER_NOT_LISTED("签章者证书不在印章的签章者列表中", "the signer's certificate is not in the seal's certificate list"),
    SEAL_MISMATCH("附带的印章与签章中的印章不一致", "the seal file differs from the seal inside the stamp"),
    SEAL_OUT_OF_PERIOD("签章时间不在印章有效期内", "the stamp was made outside the seal's validity period"),
    TIMESTAMP_INVALID("时间戳与所盖内容不符，或其签名有误", "a timestamp is over something else, or its own signature is wrong"),
    REVOKED("签名前证书已被吊销", "the certificate was revoked before signing"),
    EXPIRED("签名时证书已过期", "by its own time, the signature was made after the certificate expired"),
    NOT_YET_VALID("签名时证书尚未生效", "by its own time, the signature was made before the certificate was valid");

    private final String chinese;
    private final String english;

    Flaw(String chinese, String english) {
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

package org.yinzheng.signing.key;

/// Where a private key is and who computes with it, in words that an auditor accepts.
public enum Custody {
    /// A non-extractable token object; the token computes the signature.
    TOKEN("私钥在密码设备内生成且不可导出，签名由设备完成", "generated in the token, not extractable; the token signs"),
    /// The scalar is stored under a non-extractable token key, opened by the token for each signature and
    /// zeroed after it.
    /// The signature itself is computed in this process: never call it "signed in the HSM".
    TOKEN_SEALED(
            "私钥由密码设备内的不可导出密钥加密保存，每次签名时由设备解封、在本进程内计算后清零；并非设备内签名",
            "stored under a non-extractable token key, unsealed by the token for each signature, computed in this process and"
                    + " zeroed; not signed in the token"),
    /// A token with the vendor's SM2 mechanism; the token computes the signature.
    TOKEN_SM2("私钥在密码设备内生成且不可导出，SM2 签名由设备完成", "generated in the token, not extractable; the token computes SM2");

    private final String chinese;
    private final String english;

    Custody(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}

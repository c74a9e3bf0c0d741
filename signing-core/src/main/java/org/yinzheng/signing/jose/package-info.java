/// JSON Web Signatures for what machines read: receipts and tokens, in compact serialisation, by keys that are known
/// beforehand. No type of the library behind it appears in a public signature. Start with [JwsSigner] and [JwsCheck];
/// SM2 is apart, in [Sm2Jws].
package org.yinzheng.signing.jose;

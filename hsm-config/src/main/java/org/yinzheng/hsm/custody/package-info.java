/// Signing keys and secrets in the token's keeping, each with its class of custody. Nothing here opens a token
/// or knows a PIN. Start with [TokenCustodian].
package org.yinzheng.hsm.custody;

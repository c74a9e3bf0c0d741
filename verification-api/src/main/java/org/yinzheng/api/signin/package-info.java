/// Who is asking: OpenID Connect bearer tokens (ES256) checked against one issuer, one audience and its keys,
/// and a built-in issuer for the demonstration. Knows no HTTP. Start with [org.yinzheng.api.signin.TokenCheck].
package org.yinzheng.api.signin;

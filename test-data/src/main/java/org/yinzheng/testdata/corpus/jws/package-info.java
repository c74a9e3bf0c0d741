/// JWS with a certificate chain, good and forged. Start with [JwsSpecimens].
package org.yinzheng.testdata.corpus.jws;

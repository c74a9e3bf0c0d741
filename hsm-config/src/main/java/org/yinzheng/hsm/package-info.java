/// PKCS#11 tokens and key custody: finds, initialises and opens a token; makes and uses keys. The only place
/// that knows SunPKCS11 and PINs.
package org.yinzheng.hsm;

/// Electronic seals after GB/T 38540 (SESeal V4): drawn, made, read and judged.
package org.yinzheng.signing.seal;

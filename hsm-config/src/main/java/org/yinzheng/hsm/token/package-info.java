/// A PKCS#11 token: found, set up, logged in to, opened again when it was lost. Nothing here knows what keys
/// are for, and no PIN leaves this package. Start with [Token].
package org.yinzheng.hsm.token;

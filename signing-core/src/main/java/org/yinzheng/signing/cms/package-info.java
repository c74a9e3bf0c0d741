/// Signatures in CMS (RFC 5652), read under caps and checked by their mathematics: those beside a PDF, and those of
/// timestamp tokens. Says nothing about trust. Start with [CmsCheck].
package org.yinzheng.signing.cms;

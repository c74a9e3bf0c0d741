/// Telling those who relied on a licence that it changed: an outbox, written with the change and emptied by a courier.
/// Who may subscribe, and how a notice travels, is no part of this. Start with [Outbox].
package org.yinzheng.registry.notice;

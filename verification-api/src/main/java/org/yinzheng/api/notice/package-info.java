/// Carries notices of the registry's outbox to those who want them. Start with [Courier].
package org.yinzheng.api.notice;

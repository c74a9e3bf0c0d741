/// Changing many licences at once, resumable after any stop. Who may is decided elsewhere. Start with [BulkChanges].
package org.yinzheng.registry.bulk;

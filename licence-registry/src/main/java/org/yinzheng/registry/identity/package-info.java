/// Who holds a licence, who issues one, and what a licence is called: values that verified their own check
/// characters. Knows nothing of storage; nothing here shows a holder's number in `toString` or in a message.
/// Start with [HolderId].
package org.yinzheng.registry.identity;

/// Documents under the name of their own digest: written whole or not at all, checked when read. Knows nothing of
/// what they say. Start with [DocumentStore].
package org.yinzheng.registry.document;

/// Rights that are given in the registry: proposed by one security administrator, confirmed by another.
/// Knows roles by their names only, and nothing of tokens. Start with [Grants].
package org.yinzheng.registry.grant;

/// Personal data at rest: encrypted for reading back, hashed under a key for finding. A stolen dump finds nobody.
/// Knows nothing of tables. Start with [RegistryKeys].
package org.yinzheng.registry.atrest;

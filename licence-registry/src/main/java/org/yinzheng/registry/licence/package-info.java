/// A licence and what the registry says of it: found by identifier, holder or number; its standing told without
/// personal data. No SQL here and no decision about who may ask. Start with [Licences].
package org.yinzheng.registry.licence;

/// How a licence lives once it is registered: suspended, resumed, revoked, superseded, each with who, why and on which
/// legal basis. Decides nothing about who may, and has no SQL. Start with [LicenceLife].
package org.yinzheng.registry.life;

/// Licence types, holders, licences, batches and documents, in PostgreSQL. SQL lives in `postgres` only. Start with
/// `issuance.Issuance` to read how a licence comes into being.
package org.yinzheng.registry;

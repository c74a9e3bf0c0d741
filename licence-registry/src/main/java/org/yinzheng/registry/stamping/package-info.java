/// Stamps documents that are no licences of ours: approvals, contracts, certificates. Every use of a seal is recorded
/// before it is made. Nothing here knows HTTP or SQL. Start with [Stamping].
package org.yinzheng.registry.stamping;

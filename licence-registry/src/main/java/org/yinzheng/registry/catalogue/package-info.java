/// 证照目录: which types of licences exist, what their data must look like and how they are drawn, read from YAML
/// packs. May not know of storage or signing. Start with [Catalogue].
package org.yinzheng.registry.catalogue;

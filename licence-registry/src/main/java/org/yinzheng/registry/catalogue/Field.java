package org.yinzheng.registry.catalogue;

/// One of a type's own data fields, as its schema has it.
///
/// @param name the property's name
/// @param title its Chinese title, which is also its column header in a conversion's index
/// @param jsonType `string`, `integer`, `number` or `boolean`
public record Field(String name, String title, String jsonType, boolean required) {}

/// Lua 5.1: values, tables, parser and an interpreter of syntax trees.
///
/// A value is `null` for nil, a `Boolean`, a `Double`, a [LuaString], a [LuaTable], a [LuaFunction]
/// or anything else, which is userdata. What real Lua leaves to its implementation and scripts can
/// see (the order of
/// `next`, the border that `#` finds, the wording of errors) is as in the C implementation 5.1.5:
/// https://www.lua.org/manual/5.1/
@NullMarked
package naru.lua;

import org.jspecify.annotations.NullMarked;

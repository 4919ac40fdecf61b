/// The libraries that scripts of Redis have: Lua's own, and `cjson`, `cmsgpack`, `struct`, `bit`.
@NullMarked
package naru.lua.library;

import org.jspecify.annotations.NullMarked;

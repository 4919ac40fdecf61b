/// Lua 5.1 for scripts of strangers: parser, interpreter, libraries; every step and byte is
/// counted.
module naru.lua {
  requires static transitive org.jspecify;

  exports naru.lua;
  exports naru.lua.library;
}

package naru.lua;

/// A thread of Lua's own. There are none: scripts of Redis have no use for one.
final class Coroutine {}

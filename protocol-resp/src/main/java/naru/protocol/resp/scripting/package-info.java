/// The commands of Redis' group `scripting`, for the few scripts that Naru knows without having
/// Lua.
@NullMarked
package naru.protocol.resp.scripting;

import org.jspecify.annotations.NullMarked;

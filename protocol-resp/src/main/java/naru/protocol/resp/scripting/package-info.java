/// Lua scripts, as Redis runs them: `EVAL`, the cache of scripts, and what scripts can call.
///
/// https://redis.io/docs/latest/develop/programmability/eval-intro/
@NullMarked
package naru.protocol.resp.scripting;

import org.jspecify.annotations.NullMarked;

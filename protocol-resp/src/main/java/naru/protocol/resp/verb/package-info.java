/// What a Redis command is made of: its declaration ([Verb]), one call of it, and its reply.
///
/// Must not know: any particular command.
@NullMarked
package naru.protocol.resp.verb;

import org.jspecify.annotations.NullMarked;

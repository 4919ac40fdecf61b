/// The real doors: the machine's clock, its files and, through Netty, its sockets.
///
/// Must not know: what goes through them.
@NullMarked
package naru.world.real;

import org.jspecify.annotations.NullMarked;

/// The settings: their names, what values they take, how they are read from a file and written
/// back.
///
/// Must not know: commands, clients.
@NullMarked
package naru.protocol.resp.setting;

import org.jspecify.annotations.NullMarked;

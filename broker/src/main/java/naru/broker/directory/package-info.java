/// What the subcommands do that work on a directory: check, repair, backup, dump.
///
/// Must not know: how a command line is read, nor what the bytes of a file mean.
@NullMarked
package naru.broker.directory;

import org.jspecify.annotations.NullMarked;

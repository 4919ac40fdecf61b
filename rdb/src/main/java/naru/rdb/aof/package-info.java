/// Append-only files: the commands that Redis has carried out, and the list of the files that they
/// stand in.
///
/// It must not know what a command does, nor open a file.
@NullMarked
package naru.rdb.aof;

import org.jspecify.annotations.NullMarked;

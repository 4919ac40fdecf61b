/// The commands on hashes, one file per group of verbs.
@NullMarked
package naru.protocol.resp.hash;

import org.jspecify.annotations.NullMarked;

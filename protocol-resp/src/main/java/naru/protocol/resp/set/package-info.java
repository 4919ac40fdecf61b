/// The commands on sets, one file per group of verbs.
@NullMarked
package naru.protocol.resp.set;

import org.jspecify.annotations.NullMarked;

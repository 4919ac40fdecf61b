/// The commands on sorted sets, one file per group of verbs.
@NullMarked
package naru.protocol.resp.sortedset;

import org.jspecify.annotations.NullMarked;

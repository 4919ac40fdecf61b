/// A redis-server and the broker follow each other: copies, commands, cut links, kills.
@NullMarked
package naru.compatibility.replication;

import org.jspecify.annotations.NullMarked;

/// The commands of Redis' group `server`: settings, statistics, the commands themselves.
@NullMarked
package naru.protocol.resp.admin;

import org.jspecify.annotations.NullMarked;

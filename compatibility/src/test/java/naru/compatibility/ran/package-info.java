/// What ran: each test of a client notes what it showed, for the tables of docs/compatibility.md.
@NullMarked
package naru.compatibility.ran;

import org.jspecify.annotations.NullMarked;

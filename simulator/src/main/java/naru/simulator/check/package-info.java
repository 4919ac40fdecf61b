/// Watches what the broker is asked, what it answers, and what is left of it after a crash, and
/// compares with the model. Stands between the reactor and the session, and between the broker and
/// its sockets; changes nothing there.
///
/// Must not know: what clients want, or why a broker crashed.
@NullMarked
package naru.simulator.check;

import org.jspecify.annotations.NullMarked;

/// What the broker holds and what may happen to it: databases of keys, effects ([Op]), requests and
/// the decisions on them. A deterministic state machine.
///
/// Must not know: any protocol, clock, thread, disk or network. It cannot even name them.
@NullMarked
package naru.engine;

import org.jspecify.annotations.NullMarked;

/// The nouns and the facts: state, ops, decisions, failures.
///
/// Must not know: any protocol, and anything unpredictable. No clock, chance, thread, disk or
// network.
@NullMarked
package naru.engine;

import org.jspecify.annotations.NullMarked;

/// What simulated clients want of a broker.
///
/// Must not know: the broker, the model, or what goes wrong.
@NullMarked
package naru.simulator.workload;

import org.jspecify.annotations.NullMarked;

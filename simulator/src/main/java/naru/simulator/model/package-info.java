/// What a broker has to do, in the plainest way that can be thought of: maps and lists, one command
/// after the other. It says beforehand what every reply has to be.
///
/// Must not know: the engine, the log, or how a broker does it.
@NullMarked
package naru.simulator.model;

import org.jspecify.annotations.NullMarked;

/// Clients that break the rules, by mistake or on purpose: they get the answer that Redis gives,
/// the others do not notice, and memory stays bounded.
@NullMarked
package naru.compatibility.hostile;

import org.jspecify.annotations.NullMarked;

/// Loads, in groups: what is played against a server, and what is measured of it.
///
/// Must not know: how servers are started, how figures are shown.
@NullMarked
package naru.measure.load;

import org.jspecify.annotations.NullMarked;

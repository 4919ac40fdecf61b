/// Main, configuration and wiring: the only place that names every module.
///
/// Must not know: how anything works inside.
@NullMarked
package naru.broker;

import org.jspecify.annotations.NullMarked;

/// Servers under test: how each is started, asked, looked at from outside, and stopped.
///
/// Must not know: what is played against them, or how figures are shown.
@NullMarked
package naru.measure.server;

import org.jspecify.annotations.NullMarked;

/// Writes `docs/reference` from the declarations in the code. Runs at build time only.
///
/// Must not know: anything that is not declared; what it prints is never written by hand.
@NullMarked
package naru.reference;

import org.jspecify.annotations.NullMarked;

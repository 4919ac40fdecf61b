/// Hashes: values by field, each of which may expire on its own.
@NullMarked
package naru.engine.hash;

import org.jspecify.annotations.NullMarked;

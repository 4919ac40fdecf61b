/// Strings: runs of bytes that can be replaced, lengthened and written into.
@NullMarked
package naru.engine.string;

import org.jspecify.annotations.NullMarked;

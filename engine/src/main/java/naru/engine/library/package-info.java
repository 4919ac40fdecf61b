/// Libraries of functions that run in the broker: their source texts, by name. What a text means is
/// the business of the protocol that it came by.
@NullMarked
package naru.engine.library;

import org.jspecify.annotations.NullMarked;

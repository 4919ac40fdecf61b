/// What can happen to any key, whatever it holds, and to whole databases.
@NullMarked
package naru.engine.key;

import org.jspecify.annotations.NullMarked;

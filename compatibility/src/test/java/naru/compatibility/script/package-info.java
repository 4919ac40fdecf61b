/// Clients of other languages: their scripts judge themselves, the tests here run them and believe
/// their exit code and their count.
@NullMarked
package naru.compatibility.script;

import org.jspecify.annotations.NullMarked;

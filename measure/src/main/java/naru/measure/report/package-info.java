/// What was measured, and how it is shown: as a table, as JSON, as a picture.
///
/// Must not know: servers and loads.
@NullMarked
package naru.measure.report;

import org.jspecify.annotations.NullMarked;

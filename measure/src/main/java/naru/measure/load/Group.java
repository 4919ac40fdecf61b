package naru.measure.load;

import java.util.List;
import naru.measure.report.Figure;
import naru.measure.server.Setup;

/// Loads that are played one after the other on the same servers.
///
/// @param purpose in a few words
/// @param columns what is shown of them
public record Group(
    String name, String purpose, Setup setup, List<Figure> columns, List<Load> loads) {}

package naru.measure.report;

import java.util.List;
import java.util.Map;

/// A whole run.
///
/// @param facts what was measured on what, by a word for each, in the order to be shown
/// @param sections grows while the loads are played
public record Report(Map<String, String> facts, List<Section> sections) {}

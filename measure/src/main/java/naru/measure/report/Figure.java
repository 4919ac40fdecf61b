package naru.measure.report;

import java.util.Locale;

/// One kind of number that is measured.
public enum Figure {
  PER_SECOND("perSecond", "/s", "%,.0f", Better.MORE),
  PROCESSOR("processorSecondsPerMillion", "s/M", "%,.2f", Better.LESS),
  P50("p50Ms", "p50 ms", "%,.2f", Better.LESS),
  P99("p99Ms", "p99 ms", "%,.2f", Better.LESS),
  P999("p999Ms", "p99.9 ms", "%,.2f", Better.LESS),
  READY("readySeconds", "ready after s", "%,.3f", Better.LESS),
  PROCESSOR_SECONDS("processorSeconds", "CPU s", "%,.2f", Better.LESS),
  BYTES_EACH("bytesEach", "bytes each", "%,.1f", Better.LESS),
  RECKONED_EACH("reckonedBytesEach", "reckoned", "%,.1f", Better.NEITHER),
  SNAPSHOTS("snapshots", "snapshots", "%,.0f", Better.NEITHER),
  PEAK("peakMb", "peak MB", "%,.0f", Better.LESS),
  RESIDENT("residentMb", "resident MB", "%,.0f", Better.LESS),
  WRITTEN("writtenBytesEach", "written B each", "%,.0f", Better.LESS),
  DISK("diskMb", "on disk MB", "%,.1f", Better.LESS),
  DRIVER("driverPercent", "driver %", "%,.0f", Better.NEITHER);

  /// Which of two is the better one.
  public enum Better {
    MORE,
    LESS,
    NEITHER
  }

  private final String key;
  private final String title;
  private final String format;
  private final Better better;

  Figure(String key, String title, String format, Better better) {
    this.key = key;
    this.title = title;
    this.format = format;
    this.better = better;
  }

  /// Its name in JSON, the unit last.
  public String key() {
    return key;
  }

  /// Its name in a table.
  public String title() {
    return title;
  }

  public Better better() {
    return better;
  }

  String shown(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

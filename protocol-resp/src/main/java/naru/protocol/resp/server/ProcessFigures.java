package naru.protocol.resp.server;

/// What the process says of itself, for `INFO`. Asked seldom; may cost a system call.
public interface ProcessFigures {
  /// The broker's own version.
  String version();

  String operatingSystem();

  /// How sockets are served: `epoll`, `io_uring`, `nio`.
  String transport();

  long processId();

  /// Heap in use and memory outside the heap, without what the collector has yet to free if it
  /// knows.
  long usedBytes();

  long peakBytes();

  long heapMaxBytes();

  /// Memory of the process as the system sees it; 0 if it does not say.
  long residentBytes();

  /// Memory of the machine; 0 if it does not say.
  long systemBytes();

  /// Processor time used so far.
  long processorNs();

  /// The part of [#processorNs] that the system used on its behalf; 0 if it does not say.
  long systemNs();

  /// Nothing is known: for brokers without a process of their own.
  ProcessFigures UNKNOWN =
      new ProcessFigures() {
        @Override
        public String version() {
          return "0";
        }

        @Override
        public String operatingSystem() {
          return "unknown";
        }

        @Override
        public String transport() {
          return "none";
        }

        @Override
        public long processId() {
          return 0;
        }

        @Override
        public long usedBytes() {
          return 0;
        }

        @Override
        public long peakBytes() {
          return 0;
        }

        @Override
        public long heapMaxBytes() {
          return 0;
        }

        @Override
        public long residentBytes() {
          return 0;
        }

        @Override
        public long systemBytes() {
          return 0;
        }

        @Override
        public long processorNs() {
          return 0;
        }

        @Override
        public long systemNs() {
          return 0;
        }
      };
}

package naru.protocol.resp.server;

/// What the process says of itself, for `INFO`. Asked seldom; may cost a system call.
public interface ProcessFigures {
  /// The broker's own version.
  String version();

  String operatingSystem();

  /// How sockets are served: `epoll`, `io_uring`, `nio`.
  String transport();

  long processId();

  /// The memory that the virtual machine has in use.
  Memory memory();

  /// Asks the collector to free all that nobody refers to. Everything waits for it.
  void collectGarbage();

  /// What the virtual machine has in use, in bytes.
  ///
  /// @param heapUsed what nobody refers to any more included, until it is collected
  /// @param heapCommitted what was got from the system for the heap
  /// @param heapMax what may be got
  /// @param directBuffers memory outside the heap that the network and the disk use
  /// @param mappedFiles files that are read as memory
  /// @param code classes, compiled code, and what else the virtual machine needs for itself
  record Memory(
      long heapUsed,
      long heapCommitted,
      long heapMax,
      long directBuffers,
      long mappedFiles,
      long code) {}

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
        public Memory memory() {
          return new Memory(0, 0, 0, 0, 0, 0);
        }

        @Override
        public void collectGarbage() {}

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

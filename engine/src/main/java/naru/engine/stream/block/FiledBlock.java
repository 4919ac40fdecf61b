package naru.engine.stream.block;

/// A block that lies in a file. What is not its content is known without reading it.
public record FiledBlock(FiledRun run, int at) implements Block {
  @Override
  public int entries() {
    return run.index().entries(at);
  }

  @Override
  public long firstMs() {
    return run.index().firstMs(at);
  }

  @Override
  public long firstSeq() {
    return run.index().firstSeq(at);
  }

  @Override
  public long lastMs() {
    return run.index().lastMs(at);
  }

  @Override
  public long lastSeq() {
    return run.index().lastSeq(at);
  }

  /// See [NodeSize].
  public long nodeBytes() {
    return run.index().nodeBytes(at);
  }

  @Override
  public long sizeBytes() {
    return 0;
  }

  /// The block itself. Throws [UnreadableBlock].
  public EntryBlock content() {
    return run.block(at);
  }

  @Override
  public BlockCursor cursor() {
    return content().cursor();
  }

  @Override
  public Block copy() {
    return this;
  }
}

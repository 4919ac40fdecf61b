package naru.engine.stream.block;

/// The place of a block that lies in a file: looks into its run, and is made anew for each look.
public record FiledSlot(FiledRun run, int at) implements Slot {
  @Override
  public Block block() {
    return new FiledBlock(run, at);
  }

  @Override
  public long firstOrdinal() {
    return run.index().firstOrdinal(at);
  }

  @Override
  public int live() {
    return run.live(at);
  }

  @Override
  public boolean isDeleted(int entry) {
    return run.isDeleted(at, entry);
  }

  @Override
  public void delete(int entry) {
    run.delete(at, entry);
  }

  @Override
  public long[] marks() {
    return run.marks(at);
  }
}

package naru.engine.stream.block;

import java.util.ArrayList;
import naru.engine.stream.StreamId;

/// The first blocks of a stream, those that lie in files, as runs in order. A block is found by
/// halving, first among the runs, then in its run.
///
/// Each run knows the number of its first block, counted from a beginning that moves: taking blocks
/// away at the front changes one number, taking one out of the middle those on the shorter side.
public final class FiledRuns {
  private final ArrayList<FiledRun> runs = new ArrayList<>();
  private long begin;
  private int blocks;
  private long ownBytes;

  public int blocks() {
    return blocks;
  }

  /// How many runs there are.
  public int size() {
    return runs.size();
  }

  /// The n-th run.
  public FiledRun run(int n) {
    return runs.get(n);
  }

  void add(FiledRun run) {
    run.number = begin + blocks;
    runs.add(run);
    blocks += run.blocks();
    ownBytes += run.ownBytes();
  }

  /// Which run a block is in.
  int runOf(int block) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).number - begin <= block) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /// Where a block of all stands in its run.
  int within(FiledRun run, int block) {
    return (int) (block - (run.number - begin)) + run.from();
  }

  /// How many blocks come before a run's window.
  int before(FiledRun run) {
    return (int) (run.number - begin);
  }

  FiledSlot get(int block) {
    FiledRun run = runs.get(runOf(block));
    return new FiledSlot(run, within(run, block));
  }

  void remove(int block) {
    int at = runOf(block);
    FiledRun run = runs.get(at);
    int inRun = within(run, block);
    int last = at;
    if (inRun == run.from()) {
      run.removeFirst();
    } else if (inRun == run.to() - 1) {
      run.removeLast();
    } else {
      FiledRun rest = run.split(inRun);
      rest.removeFirst();
      rest.number = run.number + run.blocks();
      last = at + 1;
      runs.add(last, rest);
      ownBytes += rest.ownBytes();
    }
    closeUp(last, block < blocks / 2);
    blocks--;
    if (run.blocks() == 0) {
      ownBytes -= run.ownBytes();
      runs.remove(at);
    }
  }

  /// The numbers behind run `last` are too high by one.
  private void closeUp(int last, boolean isNearBegin) {
    if (isNearBegin) {
      for (int i = 0; i <= last; i++) {
        runs.get(i).number++;
      }
      begin++;
    } else {
      for (int i = last + 1; i < runs.size(); i++) {
        runs.get(i).number--;
      }
    }
  }

  /// Marks an entry of a block as deleted.
  void delete(int block, int entry) {
    FiledRun run = runs.get(runOf(block));
    ownBytes -= run.ownBytes();
    run.delete(within(run, block), entry);
    ownBytes += run.ownBytes();
  }

  /// Puts another run, of as many blocks, in place of one.
  void replace(int at, FiledRun other) {
    other.number = runs.get(at).number;
    ownBytes += other.ownBytes() - runs.get(at).ownBytes();
    runs.set(at, other);
  }

  /// The last block whose first id is at or below this id; -1 if there is none.
  int floor(long ms, long seq) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (compareFirst(runs.get(middle), runs.get(middle).from(), ms, seq) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0) {
      return -1;
    }
    FiledRun run = runs.get(high);
    low = run.from();
    int last = run.to() - 1;
    while (low < last) {
      int middle = (low + last + 1) >>> 1;
      if (compareFirst(run, middle, ms, seq) <= 0) {
        low = middle;
      } else {
        last = middle - 1;
      }
    }
    return before(run) + low - run.from();
  }

  private static int compareFirst(FiledRun run, int block, long ms, long seq) {
    return StreamId.compare(run.index().firstMs(block), run.index().firstSeq(block), ms, seq);
  }

  FiledRuns copy() {
    FiledRuns copy = new FiledRuns();
    for (FiledRun run : runs) {
      copy.add(run.copy());
    }
    return copy;
  }

  /// What the runs take in memory, without the blocks that are there too.
  long sizeBytes() {
    return 48 + ownBytes;
  }
}

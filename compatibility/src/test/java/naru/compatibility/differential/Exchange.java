package naru.compatibility.differential;

import java.util.List;
import java.util.stream.IntStream;

/// A command and what each server sent from there to the next: usually one reply, with pushes
/// before it where there were any.
record Exchange(Command command, List<Reply> redis, List<Reply> naru) {
  /// What one server sent.
  record Answer(Command command, List<Reply> frames) {}

  /// The answers of two servers to one sequence, side by side.
  static List<Exchange> of(List<Answer> redis, List<Answer> naru) {
    return IntStream.range(0, redis.size())
        .mapToObj(
            i -> new Exchange(redis.get(i).command(), redis.get(i).frames(), naru.get(i).frames()))
        .toList();
  }
}

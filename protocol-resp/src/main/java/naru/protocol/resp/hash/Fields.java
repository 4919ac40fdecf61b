package naru.protocol.resp.hash;

import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;

/// `FIELDS numfields field [field ...]`, as several commands end.
///
/// @param from index of the first field's word
/// @param count how many fields
record Fields(int from, int count) {
  /// Where the clause must stand at `index` and be all that is left.
  static Fields requireCounted(Call call, int index) {
    if (!call.is(index, "FIELDS")) {
      throw new Refusal("Mandatory argument FIELDS is missing or not at the right position");
    }
    long count =
        call.integerBetween(
            index + 1, 1, Long.MAX_VALUE, "Number of fields must be a positive integer");
    if (count != call.count() - index - 2) {
      throw new Refusal("The `numfields` parameter must match the number of arguments");
    }
    return new Fields(index + 2, (int) count);
  }

  /// Where the clause may be followed by more words: reads it at `index`. A field takes `width`
  /// words.
  static Fields read(Call call, int index, int width, String badCount) {
    if (index >= call.count() - 1 - width) {
      throw new Refusal("FIELDS requires at least numfields and one field argument");
    }
    long count = call.integerBetween(index + 1, 1, Integer.MAX_VALUE, badCount);
    if (count * width > call.count() - index - 2) {
      throw new Refusal("wrong number of arguments");
    }
    return new Fields(index + 2, (int) count);
  }
}

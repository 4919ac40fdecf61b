package naru.protocol.resp.stream;

import naru.engine.Refusal;
import naru.engine.stream.IdList;
import naru.engine.stream.Trim.References;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// `[KEEPREF | DELREF | ACKED] IDS numids id [id ...]`, in any order.
///
/// @param first the index of the first id
record IdsOption(References references, int first, int count) {
  static IdsOption of(Call call, int from) {
    References references = null;
    int first = 0;
    int count = 0;
    for (int i = from; i < call.count(); ) {
      References said = references == null ? TrimOptions.references(call, i) : null;
      if (said != null) {
        references = said;
        i++;
      } else if (call.is(i, "IDS") && i + 1 < call.count()) {
        first = i + 2;
        count = count(call, first);
        i = first + count;
      } else {
        throw Call.syntaxError();
      }
    }
    if (first == 0) {
      throw new Refusal("IDS option is required");
    }
    return new IdsOption(orKept(references), first, count);
  }

  private static References orKept(@Nullable References references) {
    return references == null ? References.KEPT : references;
  }

  private static int count(Call call, int first) {
    long count =
        call.integerBetween(
            first - 1, 1, Long.MAX_VALUE, "Number of IDs must be a positive integer");
    if (count > call.count() - first) {
      throw new Refusal("The `numids` parameter must match the number of arguments");
    }
    return (int) count;
  }

  IdList ids(Call call) {
    return Ids.parseAll(call, first, first + count);
  }
}

package naru.protocol.resp.string;

import naru.bytes.LongDouble;
import naru.engine.Entry;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What `INCREX` is told behind the key: each thing at most once, in any order.
///
/// @param by index of the increment, 0 if there is none, as for the bounds
/// @param isFloat whether all numbers are floating-point ones
/// @param onlyIfNone whether an expiry is set only where there is none
record CountOptions(
    int by,
    boolean isFloat,
    int lower,
    int upper,
    boolean saturates,
    @Nullable ExpiryOption expiry,
    boolean persists,
    boolean onlyIfNone) {

  static CountOptions of(Call call) {
    int by = 0;
    boolean isFloat = false;
    int lower = 0;
    int upper = 0;
    boolean saturates = false;
    ExpiryOption expiry = null;
    boolean persists = false;
    boolean onlyIfNone = false;
    for (int i = 2; i < call.count(); i++) {
      boolean more = i + 1 < call.count();
      ExpiryOption option = ExpiryOption.at(call, i);
      if (by == 0 && more && (call.is(i, "BYINT") || call.is(i, "BYFLOAT"))) {
        isFloat = call.is(i, "BYFLOAT");
        by = ++i;
      } else if (lower == 0 && more && call.is(i, "LBOUND")) {
        lower = ++i;
      } else if (upper == 0 && more && call.is(i, "UBOUND")) {
        upper = ++i;
      } else if (!saturates && call.is(i, "SATURATE")) {
        saturates = true;
      } else if (expiry == null && option != null && !persists) {
        expiry = option;
        i++;
      } else if (expiry == null && !persists && !onlyIfNone && call.is(i, "PERSIST")) {
        persists = true;
      } else if (!onlyIfNone && !persists && call.is(i, "ENX")) {
        onlyIfNone = true;
      } else {
        throw Call.syntaxError();
      }
    }
    if (onlyIfNone && expiry == null) {
      throw new Refusal("ENX flag requires an expiration");
    }
    return new CountOptions(by, isFloat, lower, upper, saturates, expiry, persists, onlyIfNone);
  }

  /// The number at `index`, `otherwise` if the index is 0.
  long integer(Call call, int index, long otherwise, String name) {
    return index == 0
        ? otherwise
        : call.integer(index, name + " is not an integer or out of range");
  }

  /// The number at `index`, null if the index is 0.
  @Nullable LongDouble floating(Call call, int index, String name) {
    if (index == 0) {
      return null;
    }
    LongDouble number = LongDouble.parse(call.arg(index));
    if (number == null) {
      throw new Refusal(name + " is not a valid float");
    }
    return number;
  }

  /// When the key is to expire, [Entry#NEVER] if nothing is said of it.
  long atMs(Call call) {
    return expiry == null ? Entry.NEVER : expiry.atMs(call);
  }
}

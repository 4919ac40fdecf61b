package naru.lua;

import org.jspecify.annotations.Nullable;

/// `{a, b; key = c, [d] = e, f()}`
final class TableConstructor extends Expression {
  /// One field; the key is null for an item of the list.
  record Field(@Nullable Expression key, Expression value, int line) {}

  private final Field[] fields;
  private final int arraySize;
  private final int hashSize;

  TableConstructor(Field[] fields, Expression deepest) {
    super(deepest);
    this.fields = fields;
    int items = 0;
    int pairs = 0;
    for (Field field : fields) {
      if (field.key == null) {
        items++;
      } else {
        pairs++;
      }
    }
    boolean open = fields.length > 0 && isOpen(fields[fields.length - 1]);
    this.arraySize = rounded(open ? items - 1 : items);
    this.hashSize = rounded(pairs);
  }

  private static boolean isOpen(Field last) {
    return last.key == null && last.value.isMultiple();
  }

  /// As C keeps a size in the one byte of an instruction: three bits of it, rounded up.
  private static int rounded(int size) {
    int shift = 0;
    int rest = size;
    while (rest >= 16) {
      rest = (rest + 1) >> 1;
      shift++;
    }
    return rest << shift;
  }

  @Override
  Object value(Frame frame) {
    LuaTable table = frame.machine.table(arraySize, hashSize);
    int at = 1;
    for (int i = 0; i < fields.length; i++) {
      Field field = fields[i];
      if (field.key != null) {
        Object key = field.key.value(frame);
        Object value = field.value.value(frame);
        frame.line = field.line;
        frame.machine.setIndex(table, key, value);
      } else if (i == fields.length - 1 && isOpen(field)) {
        @Nullable Object[] rest = Values.all(field.value.result(frame));
        table.ensureArray(at - 1 + rest.length);
        for (Object value : rest) {
          table.set(at++, value);
        }
      } else {
        table.set(at++, field.value.value(frame));
      }
    }
    return table;
  }
}

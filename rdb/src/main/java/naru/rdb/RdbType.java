package naru.rdb;

import org.jspecify.annotations.Nullable;

/// What stands before a value and says what it is and in which form.
///
/// The names are Redis', so that they are found in what others write of the format.
enum RdbType {
  STRING(0),
  LIST(1),
  SET(2),
  ZSET(3),
  HASH(4),
  ZSET_2(5),
  MODULE_PRE_GA(6),
  MODULE_2(7),
  HASH_ZIPMAP(9),
  LIST_ZIPLIST(10),
  SET_INTSET(11),
  ZSET_ZIPLIST(12),
  HASH_ZIPLIST(13),
  LIST_QUICKLIST(14),
  STREAM_LISTPACKS(15),
  HASH_LISTPACK(16),
  ZSET_LISTPACK(17),
  LIST_QUICKLIST_2(18),
  STREAM_LISTPACKS_2(19),
  SET_LISTPACK(20),
  STREAM_LISTPACKS_3(21),
  HASH_METADATA_PRE_GA(22),
  HASH_LISTPACK_EX_PRE_GA(23),
  HASH_METADATA(24),
  HASH_LISTPACK_EX(25),
  STREAM_LISTPACKS_4(26),
  STREAM_LISTPACKS_5(27);

  private static final @Nullable RdbType[] BY_CODE = new RdbType[28];

  static {
    for (RdbType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;

  RdbType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /// The type with this code; null if there is none, or none that is known.
  static @Nullable RdbType of(int code) {
    return code < BY_CODE.length ? BY_CODE[code] : null;
  }
}

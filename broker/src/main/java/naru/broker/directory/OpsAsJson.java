package naru.broker.directory;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.StreamId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Ops as JSON, by the names of their records and of the parts of these.
///
/// Bytes are text where they are UTF-8 and else `{"base64": "..."}`; ids of entries are text, as
/// clients see them.
final class OpsAsJson {
  private final JsonGenerator json;

  OpsAsJson(JsonGenerator json) {
    this.json = json;
  }

  /// `{"op":"list.pushed","database":0,"key":"jobs", ...}`
  void write(Op op) {
    json.writeStartObject();
    json.writeStringProperty("op", name(op.getClass()));
    parts((Record) op);
    json.writeEndObject();
  }

  /// `sortedSet.rangeRemoved` for `SortedSetOp.RangeRemoved`.
  static String name(Class<?> type) {
    Class<?> noun = type.getEnclosingClass();
    String prefix = noun == null ? "" : lower(noun.getSimpleName().replaceAll("Op$", "")) + ".";
    return prefix + lower(type.getSimpleName());
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private void parts(Record value) {
    for (RecordComponent part : value.getClass().getRecordComponents()) {
      json.writeName(part.getName());
      write(part(value, part));
    }
  }

  private static @Nullable Object part(Record value, RecordComponent part) {
    try {
      return part.getAccessor().invoke(value);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException(value.getClass() + " hides " + part.getName(), hidden);
    }
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Bytes bytes -> write(bytes);
      case StreamId id -> json.writeString(id.toString());
      case IdList ids -> write(ids);
      case Longs numbers -> write(numbers);
      case Boolean truth -> json.writeBoolean(truth);
      case Double number when Double.isFinite(number) -> json.writeNumber(number);
      case Double number -> json.writeString(number > 0 ? "inf" : number < 0 ? "-inf" : "nan");
      case Number number -> json.writeNumber(number.longValue());
      case List<?> items -> write(items);
      case Record record -> {
        json.writeStartObject();
        parts(record);
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }

  private void write(List<?> items) {
    json.writeStartArray();
    for (Object item : items) {
      write(item);
    }
    json.writeEndArray();
  }

  private void write(IdList ids) {
    json.writeStartArray();
    for (int i = 0; i < ids.size(); i++) {
      json.writeString(ids.get(i).toString());
    }
    json.writeEndArray();
  }

  private void write(Longs numbers) {
    json.writeStartArray();
    for (int i = 0; i < numbers.size(); i++) {
      json.writeNumber(numbers.get(i));
    }
    json.writeEndArray();
  }

  private void write(Bytes bytes) {
    String text = text(bytes);
    if (text != null) {
      json.writeString(text);
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("base64", Base64.getEncoder().encodeToString(bytes.toArray()));
    json.writeEndObject();
  }

  private static @Nullable String text(Bytes bytes) {
    try {
      ByteBuffer view = ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
      return StandardCharsets.UTF_8.newDecoder().decode(view).toString();
    } catch (CharacterCodingException noText) {
      return null;
    }
  }
}

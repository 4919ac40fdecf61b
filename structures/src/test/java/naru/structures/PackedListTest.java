package naru.structures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import naru.structures.PackedList.Cursor;
import naru.structures.PackedList.Sought;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedListTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void doesWhatAPlainListDoes(long seed) {
    Random random = new Random(seed);
    PackedList list = new PackedList();
    List<Bytes> twin = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      change(list, twin, random, seed);
      assertThat(list.size()).isEqualTo(twin.size());
      if (i % 37 == 0) {
        assertThat(elements(list)).isEqualTo(twin);
        assertThat(backwards(list)).isEqualTo(reversed(twin));
        assertThat(elements(list.copy())).isEqualTo(twin);
      }
      if (!twin.isEmpty()) {
        int index = random.nextInt(twin.size());
        assertThat(list.get(index)).isEqualTo(twin.get(index));
        assertThat(list.peek(true)).isEqualTo(twin.getFirst());
        assertThat(list.peek(false)).isEqualTo(twin.getLast());
      }
    }
    assertThat(elements(list)).isEqualTo(twin);
  }

  private static void change(PackedList list, List<Bytes> twin, Random random, long seed) {
    Bytes element = element(random, seed);
    boolean atHead = random.nextBoolean();
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4, 5 -> {
        list.push(element, atHead);
        twin.add(atHead ? 0 : twin.size(), element);
      }
      case 6, 7 -> {
        int count = random.nextInt(random.nextInt(20) == 0 ? 200 : 4);
        int dropped = list.drop(count, atHead);
        assertThat(dropped).isEqualTo(Math.min(count, twin.size()));
        twin.subList(atHead ? 0 : twin.size() - dropped, atHead ? dropped : twin.size()).clear();
      }
      case 8 -> {
        if (!twin.isEmpty()) {
          int index = random.nextInt(twin.size());
          list.set(index, element);
          twin.set(index, element);
        }
      }
      case 9, 10 -> {
        int index = random.nextInt(twin.size() + 1);
        list.insert(index, element);
        twin.add(index, element);
      }
      default -> remove(list, twin, random, element);
    }
  }

  private static void remove(PackedList list, List<Bytes> twin, Random random, Bytes other) {
    Bytes element =
        twin.isEmpty() || random.nextInt(4) == 0 ? other : twin.get(random.nextInt(twin.size()));
    int most = random.nextInt(3) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(3);
    assertThat(list.count(element, Integer.MAX_VALUE))
        .isEqualTo(Collections.frequency(twin, element));
    boolean fromHead = random.nextBoolean();
    int removed = list.remove(element, most, fromHead);
    int twinRemoved = 0;
    while (twinRemoved < most) {
      int index = fromHead ? twin.indexOf(element) : twin.lastIndexOf(element);
      if (index < 0) {
        break;
      }
      twin.remove(index);
      twinRemoved++;
    }
    assertThat(removed).isEqualTo(twinRemoved);
  }

  /// Sizes differ by seed, so that some runs live in one chunk and others in many.
  private static Bytes element(Random random, long seed) {
    int kind = random.nextInt(10);
    if (kind < 4) {
      long number = random.nextLong() >> random.nextInt(64);
      return Bytes.of(Long.toString(number));
    }
    int most = kind == 9 && seed % 2 == 0 ? 20_000 : kind > 6 ? 600 : seed % 3 == 0 ? 3 : 30;
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    if (random.nextInt(3) == 0) {
      bytes = "0123-9".substring(0, Math.min(6, bytes.length)).getBytes(StandardCharsets.US_ASCII);
    }
    return Bytes.of(bytes);
  }

  private static List<Bytes> elements(PackedList list) {
    List<Bytes> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }

  private static List<Bytes> backwards(PackedList list) {
    List<Bytes> elements = new ArrayList<>();
    Cursor cursor = list.backward(list.size() - 1);
    while (cursor.next()) {
      elements.add(cursor.bytes());
      assertThat(cursor.index()).isEqualTo(list.size() - elements.size());
    }
    return elements;
  }

  private static List<Bytes> reversed(List<Bytes> list) {
    return new ArrayList<>(list.reversed());
  }

  @Test
  void everyNumberComesBackAsItWas() {
    PackedList list = new PackedList();
    List<Bytes> twin = new ArrayList<>();
    for (int shift = 0; shift < 64; shift++) {
      for (long offset = -1; offset <= 1; offset++) {
        for (long sign = -1; sign <= 1; sign += 2) {
          Bytes number = Bytes.of(Long.toString(sign * (1L << shift) + offset));
          list.push(number, false);
          twin.add(number);
        }
      }
    }
    assertThat(elements(list)).isEqualTo(twin);
    Cursor cursor = list.forward(0);
    while (cursor.next()) {
      assertThat(cursor.isNumber()).isTrue();
      assertThat(cursor.number()).isEqualTo(Long.parseLong(cursor.bytes().toString()));
    }
  }

  @Test
  void everyLengthAroundABorderComesBackAsItWas() {
    PackedList list = new PackedList();
    List<Bytes> twin = new ArrayList<>();
    for (int border : new int[] {0, 63, 127, 4095, 8192, 16383, 1 << 21}) {
      for (int length = Math.max(0, border - 8); length <= border + 2; length++) {
        Bytes element = Bytes.of("x".repeat(length));
        list.push(element, length % 2 == 0);
        twin.add(length % 2 == 0 ? 0 : twin.size(), element);
      }
    }
    assertThat(elements(list)).isEqualTo(twin);
    assertThat(backwards(list)).isEqualTo(reversed(twin));
  }

  @Test
  void whatOnlyLooksLikeANumberIsKeptAsItIs() {
    PackedList list = new PackedList();
    for (String text : List.of("", "-", "-0", "00", "+1", "1 ", "9223372036854775808", "1e3")) {
      list.push(Bytes.of(text), false);
    }
    Cursor cursor = list.forward(0);
    while (cursor.next()) {
      assertThat(cursor.isNumber()).isFalse();
    }
    assertThat(elements(list).toString())
        .isEqualTo("[, -, -0, 00, +1, 1 , 9223372036854775808, 1e3]");
  }

  @Test
  void aSoughtElementIsFoundInEitherForm() {
    PackedList list = new PackedList();
    for (String text : List.of("a", "12", "b", "12")) {
      list.push(Bytes.of(text), false);
    }
    Sought sought = new Sought(Bytes.of("12"));
    List<Integer> found = new ArrayList<>();
    Cursor cursor = list.forward(0);
    while (cursor.next()) {
      if (cursor.is(sought)) {
        found.add(cursor.index());
      }
    }
    assertThat(found).containsExactly(1, 3);
  }

  @Test
  void aQueueThatStaysShortStaysSmall() {
    PackedList list = new PackedList();
    for (int i = 0; i < 100_000; i++) {
      list.push(Bytes.of("message " + i), true);
      if (list.size() > 10) {
        list.drop(1, false);
      }
    }
    assertThat(list.footprintBytes()).isLessThan(1024);
  }

  @Test
  void manyShortElementsCostTwoBytesEachBesideTheirOwn() {
    PackedList list = new PackedList();
    for (int i = 0; i < 1_000_000; i++) {
      list.push(Bytes.of("0123456789abcdef"), false);
    }
    assertThat(list.footprintBytes()).isLessThan(18_300_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aViewStaysAsItWasWhateverHappensToTheList(long seed) {
    Random random = new Random(seed);
    PackedList list = new PackedList();
    List<Bytes> twin = new ArrayList<>();
    List<PackedList> views = new ArrayList<>();
    List<List<Bytes>> then = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      if (i % 400 == 399) {
        views.add(list.view());
        then.add(owned(twin));
      }
      change(list, twin, random, seed);
    }
    assertThat(elements(list)).isEqualTo(twin);
    for (int i = 0; i < views.size(); i++) {
      assertThat(elements(views.get(i))).isEqualTo(then.get(i));
      assertThat(views.get(i).size()).isEqualTo(then.get(i).size());
    }
  }

  private static List<Bytes> owned(List<Bytes> elements) {
    return elements.stream().map(Bytes::owned).toList();
  }
}

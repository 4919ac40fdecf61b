package naru.measure.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
  private static Stream<Load> loads() {
    return Catalogue.groups(new Scale("everysec", 1000, true)).stream()
        .flatMap(group -> group.loads().stream());
  }

  @Test
  void eachLoadHasANameAndATitleOfItsOwn() {
    List<String> names = loads().map(Load::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    assertThat(loads().map(Load::title)).allMatch(title -> !title.contains("%"));
    Catalogue.groups(new Scale("no", 10, false))
        .forEach(
            group ->
                assertThat(group.loads())
                    .allMatch(load -> load.name().startsWith(group.name() + "/")));
  }

  @Test
  void theUsualOnesAreThere() {
    assertThat(Catalogue.USUAL)
        .allMatch(word -> loads().anyMatch(load -> Catalogue.matches(word, load.name())));
  }

  @ParameterizedTest
  @CsvSource({
    "commands, true",
    "commands/set, true",
    "commands/set/c50/p1, true",
    "commands/*/c50, true",
    "*/*/c50/p1, true",
    "all, true",
    "command, false",
    "commands/set/c50/p16, false",
    "commands/*/c500, false",
    "commands/set/c50/p1/more, false",
    "streams, false",
  })
  void aLoadIsAskedForByItsNameOrABeginning(String words, boolean isMeant) {
    assertThat(Catalogue.matches(words, "commands/set/c50/p1")).isEqualTo(isMeant);
  }

  @Test
  void randomNumbersStandWhereTheyAreAskedFor() {
    LongFunction<byte[]> request =
        CommandLoad.request("ZADD", "sorted", "__rand_int__", "element:__rand_int__");
    List<String> texts =
        IntStream.range(0, 100)
            .mapToObj(i -> new String(request.apply(i), StandardCharsets.ISO_8859_1))
            .toList();
    assertThat(texts)
        .allMatch(
            text ->
                text.matches(
                    "(?s)\\*4\\r\\n\\$4\\r\\nZADD\\r\\n\\$6\\r\\nsorted\\r\\n\\$12\\r\\n"
                        + "0{7}\\d{5}\\r\\n\\$20\\r\\nelement:0{7}\\d{5}\\r\\n"));
    assertThat(texts).doesNotHaveDuplicates();
    byte[] fixed = CommandLoad.request("XADD", "stream", "*", "f", "000000000000").apply(7);
    assertThat(new String(fixed, StandardCharsets.ISO_8859_1)).endsWith("000000000000\r\n");
  }

  @Test
  void scatteredNumbersFillTheirRange() {
    long different =
        IntStream.range(0, 10_000).mapToLong(i -> CommandLoad.scattered(i, 100)).distinct().count();
    assertThat(different).isEqualTo(100);
    assertThat(IntStream.range(0, 10_000).mapToLong(i -> CommandLoad.scattered(i, 7)))
        .allMatch(number -> number >= 0 && number < 7);
  }
}

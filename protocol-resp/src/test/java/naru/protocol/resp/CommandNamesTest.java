package naru.protocol.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import naru.bytes.Bytes;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Commands.Command;
import org.junit.jupiter.api.Test;

class CommandNamesTest {
  private final Commands commands = Catalog.commands();

  @Test
  void eachCommandIsFoundInAnyCase() {
    for (Command command : commands.all()) {
      String name = command.name();
      String mixed = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      assertThat(commands.find(Bytes.of(name))).isSameAs(command);
      assertThat(commands.find(Bytes.of(mixed))).isSameAs(command);
      assertThat(commands.find(Bytes.of(name.toUpperCase(Locale.ROOT)))).isSameAs(command);
    }
  }

  @Test
  void whatIsNearlyANameIsNone() {
    for (Command command : commands.all()) {
      String name = command.name();
      assertThat(commands.find(Bytes.of("\0" + name))).isNull();
      assertThat(commands.find(Bytes.of(name + "\0"))).isNull();
      for (int i = 0; i < name.length(); i++) {
        for (int bit = 1; bit < 256; bit *= 2) {
          byte[] bytes = Bytes.of(name).copy();
          bytes[i] ^= (byte) bit;
          Command found = commands.find(Bytes.of(bytes));
          assertThat(found == null ? null : found.name())
              .isEqualTo(
                  found == null ? null : Bytes.of(bytes).toString().toLowerCase(Locale.ROOT));
        }
      }
    }
    assertThat(commands.find(Bytes.EMPTY)).isNull();
  }
}

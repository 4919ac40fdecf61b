package naru.compatibility.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import naru.compatibility.Repository;

/// What a document shows of a shell, in blocks that are fenced with ` ```tour `.
///
/// A line that begins with `$ ` is typed; the lines after it are what is shown. In them `<id>`
/// stands for the id of a stream's entry, and `…` for anything.
public final class Tour {
  private static final Pattern BLOCK =
      Pattern.compile("(?s)(.*?)^```tour\\n(.*?)^```$", Pattern.MULTILINE);

  private Tour() {}

  /// @param text the words before it, from the block before on
  public record Block(String text, List<Step> steps) {}

  /// What is typed, and the lines that it shows.
  public record Step(String command, List<String> shown) {
    /// Fails if something else is shown.
    public void check(String really) {
      assertThat(really).as("$ " + command).matches(pattern());
    }

    private Pattern pattern() {
      String quoted = Pattern.quote(String.join("\n", shown).stripTrailing());
      return Pattern.compile(
          quoted.replace("<id>", "\\E\\d+-\\d+\\Q").replace("…", "\\E.*\\Q"), Pattern.DOTALL);
    }
  }

  /// The blocks of a document of the repository, one at least.
  public static List<Block> blocks(String name) throws IOException {
    String document = Files.readString(Repository.root().resolve(name));
    List<Block> blocks =
        BLOCK
            .matcher(document)
            .results()
            .map(match -> new Block(match.group(1), steps(match.group(2).lines().toList())))
            .toList();
    assertThat(blocks).as("blocks fenced with ```tour in %s", name).isNotEmpty();
    return blocks;
  }

  private static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("$ ")) {
        steps.add(new Step(line.substring(2), new ArrayList<>()));
      } else {
        assertThat(steps).as("something is typed before `%s` is shown", line).isNotEmpty();
        steps.getLast().shown().add(line);
      }
    }
    assertThat(steps).as("lines that begin with `$ ` in %s", lines).isNotEmpty();
    return steps;
  }
}

package naru.reference;

import naru.protocol.resp.server.Setting;
import naru.protocol.resp.server.Settings;

/// Every setting: default, values, whether it can change while the broker runs, one sentence.
final class SettingsPage {
  private SettingsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder();
    page.append("# Settings\n\nWritten from the declarations in the code; not edited.\n\n")
        .append("`CONFIG GET` shows them; `CONFIG SET` and a `--config` file change those that")
        .append(" are not fixed at the start.\n\n")
        .append("| setting | default | values | fixed | |\n|---|---|---|---|---|\n");
    Settings settings = new Settings();
    for (Setting setting : settings.all()) {
      page.append("| `")
          .append(setting.name())
          .append("` | `")
          .append(setting.defaultText())
          .append("` | ")
          .append(setting.range().replace("|", "\\|"))
          .append(" | ")
          .append(setting.isFixed() ? "yes" : "")
          .append(" | ")
          .append(setting.sentence())
          .append(" |\n");
    }
    page.append("\nOlder names are understood too:\n\n");
    settings
        .aliases()
        .forEach((name, setting) -> page.append("- `" + name + "` is `" + setting.name() + "`\n"));
    return page.toString();
  }
}

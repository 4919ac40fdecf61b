package naru.reference;

import naru.protocol.resp.setting.Setting;
import naru.protocol.resp.setting.Settings;

/// Every setting: default, values, whether it can change while the broker runs, one sentence.
final class SettingsPage {
  private SettingsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder();
    page.append("# Settings\n\nWritten from the declarations in the code; not edited.\n\n")
        .append("`CONFIG GET` shows them, `CONFIG SET` changes those that are not fixed at the")
        .append(" start. Each can be given to `naru server` as `--name value`, in the environment")
        .append(" as `NARU_NAME`, and in the file that `--config` names: a `redis.conf`, or TOML")
        .append(" (`.toml`), where a table's name and a key in it are joined by `-`. The command")
        .append(" line is stronger than the environment, which is stronger than the file;")
        .append(" `naru server --check-config` shows what is in force and who said so.\n\n")
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

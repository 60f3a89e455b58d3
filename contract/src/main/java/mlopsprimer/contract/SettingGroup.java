package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings of a program or a command, in the order in which help lists them.
 *
 * @param settings settings whose names differ
 */
public record SettingGroup(List<Setting<?>> settings) {

  /** The name by which the user knows a setting. Problems name the setting in this spelling. */
  public enum Spelling {
    /** The flag of a command line: --max-depth. */
    FLAG,
    /** The key of Pulumi's configuration: maxDepth. */
    KEY;

    String of(Setting<?> setting) {
      return this == FLAG ? setting.flag() : setting.key();
    }
  }

  /**
   * @throws IllegalArgumentException if two settings have the same name
   */
  public SettingGroup {
    settings = List.copyOf(settings);
    if (settings.stream().map(Setting::name).distinct().count() < settings.size()) {
      throw new IllegalArgumentException("two settings have the same name: " + settings);
    }
  }

  public static SettingGroup of(Setting<?>... settings) {
    return new SettingGroup(Arrays.asList(settings));
  }

  /** The settings of this group, followed by the settings that only the other group has. */
  public SettingGroup and(SettingGroup other) {
    List<Setting<?>> all = new ArrayList<>(settings);
    other.settings.stream().filter(setting -> !all.contains(setting)).forEach(all::add);
    return new SettingGroup(all);
  }

  /**
   * Reads every setting.
   *
   * @param lookup finds the text of a setting; an empty result stands for the default
   * @throws SettingsException with every problem at once
   */
  public SettingValues read(Spelling spelling, Function<Setting<?>, Optional<String>> lookup) {
    Problems problems = new Problems();
    SettingValues values = read(spelling, lookup, problems);
    problems.throwIfAny();
    return values;
  }

  /** Reads every setting and records the problems. A setting with a problem gets its default. */
  public SettingValues read(
      Spelling spelling, Function<Setting<?>, Optional<String>> lookup, Problems problems) {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      values.put(
          setting,
          lookup
              .apply(setting)
              .<Object>flatMap(text -> setting.read(text, spelling.of(setting), problems))
              .orElseGet(setting::defaultValue));
    }
    return new SettingValues(values);
  }

  /**
   * Selects the values of this group's settings.
   *
   * @throws java.util.NoSuchElementException if a setting of this group has no value
   */
  public SettingValues select(SettingValues values) {
    Map<Setting<?>, Object> selected = new LinkedHashMap<>();
    settings.forEach(setting -> selected.put(setting, values.get(setting)));
    return new SettingValues(selected);
  }
}

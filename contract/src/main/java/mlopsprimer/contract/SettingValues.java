package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The valid values of a group's settings, in the order of the group. Immutable. */
public final class SettingValues {
  private final Map<Setting<?>, Object> values;

  /**
   * @param values by setting; each value has the type of its setting
   */
  SettingValues(Map<Setting<?>, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * @throws NoSuchElementException if the setting has no value here
   */
  @SuppressWarnings("unchecked") // with and SettingGroup.read put in values of the setting's type
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    if (value == null) {
      throw new NoSuchElementException(
          "the setting %s has no value here; these settings have one: %s"
              .formatted(setting, values.keySet()));
    }
    return (T) value;
  }

  /** The value as text. The setting's format parses this text to an equal value. */
  public <T> String textOf(Setting<T> setting) {
    return setting.format().print().apply(get(setting));
  }

  /** The text of every value, by the setting's key. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.keySet().forEach(setting -> texts.put(setting.key(), textOf(setting)));
    return texts;
  }

  /** A copy with another value of one setting. A setting that had no value is added at the end. */
  public <T> SettingValues with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
    changed.put(setting, value);
    return new SettingValues(changed);
  }

  /**
   * The command-line arguments for these values, in the order of the settings: --ticker=SPY
   * --trees=100. A setting whose text is empty is left out.
   */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    for (Setting<?> setting : values.keySet()) {
      String text = textOf(setting);
      if (!text.isEmpty()) {
        arguments.add(setting.flag() + "=" + text);
      }
    }
    return arguments;
  }

  /**
   * A lookup for {@link SettingGroup#read}. The lookup finds the text of a setting in arguments of
   * the form that {@link #toArguments} returns.
   */
  public static Function<Setting<?>, Optional<String>> lookupIn(List<String> arguments) {
    return setting ->
        arguments.stream()
            .filter(argument -> argument.startsWith(setting.flag() + "="))
            .map(argument -> argument.substring(setting.flag().length() + 1))
            .findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingValues that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return String.join(" ", toArguments());
  }
}

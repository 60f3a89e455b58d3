package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** A right value of every setting of a group. Immutable. */
public final class SettingValues {
  private final SettingGroup group;
  private final Map<Setting<?>, Object> values;

  /**
   * @param values of every setting of the group, each of its setting's type
   */
  SettingValues(SettingGroup group, Map<Setting<?>, Object> values) {
    this.group = group;
    this.values = Map.copyOf(values);
  }

  /**
   * @throws NoSuchElementException if the setting is not in the group
   */
  @SuppressWarnings("unchecked") // with and SettingGroup.read put in values of the setting's type
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    if (value == null) {
      throw new NoSuchElementException("no setting %s among %s".formatted(setting, group));
    }
    return (T) value;
  }

  /** The value as text, which the setting's format reads back. */
  public <T> String textOf(Setting<T> setting) {
    return setting.format().print().apply(get(setting));
  }

  /** These values with another one in place of a setting's. */
  public <T> SettingValues with(Setting<T> setting, T value) {
    Map<Setting<?>, Object> changed = new HashMap<>(values);
    changed.put(setting, value);
    return new SettingValues(group.and(SettingGroup.of(setting)), changed);
  }

  /** The values of another group, each of whose settings has a value here or else its default. */
  public SettingValues only(SettingGroup wanted) {
    Map<Setting<?>, Object> kept = new HashMap<>();
    wanted
        .settings()
        .forEach(
            setting -> kept.put(setting, values.getOrDefault(setting, setting.defaultValue())));
    return new SettingValues(wanted, kept);
  }

  /**
   * The command line that has these values: --ticker=SPY --trees=100 and so on, in the order of the
   * group. Settings whose text is empty are left out.
   */
  public List<String> toArguments() {
    List<String> arguments = new ArrayList<>();
    for (Setting<?> setting : group.settings()) {
      String text = textOf(setting);
      if (!text.isEmpty()) {
        arguments.add(setting.flag() + "=" + text);
      }
    }
    return arguments;
  }

  /** A lookup for {@link SettingGroup#read} in the arguments that {@link #toArguments} returns. */
  public static Function<Setting<?>, Optional<String>> lookupIn(List<String> arguments) {
    return setting ->
        arguments.stream()
            .filter(argument -> argument.startsWith(setting.flag() + "="))
            .map(argument -> argument.substring(setting.flag().length() + 1))
            .findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingValues that
        && group.equals(that.group)
        && values.equals(that.values);
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

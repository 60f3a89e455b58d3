package mlopsprimer.nodeprovider.rpc;

import com.google.protobuf.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Converts a record of arguments or state to a {@link PropertyMap}, and a {@link PropertyMap} to
 * such a record.
 *
 * @param <R> a record as {@link ResourceType} describes it
 */
final class RecordShape<R extends Record> {
  private final Class<R> record;
  private final List<Field> fields = new ArrayList<>();

  /**
   * One property of the record.
   *
   * @param property the annotation that describes the property
   */
  record Field(String name, ValueType type, Property property) {}

  /**
   * @throws IllegalArgumentException if a component is of a type that no property can have, or has
   *     no {@link Property}
   */
  RecordShape(Class<R> record) {
    this.record = record;
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getType().isRecord()) {
        fields.addAll(nested(component).fields);
      } else {
        fields.add(
            new Field(
                component.getName(),
                ValueType.of(component.getGenericType()),
                Optional.ofNullable(component.getAnnotation(Property.class))
                    .orElseThrow(
                        () -> new IllegalArgumentException(component + " has no @Property"))));
      }
    }
  }

  List<Field> fields() {
    return List.copyOf(fields);
  }

  /**
   * All problems with inputs, by the name of the input. A problem is a required input that is
   * missing or empty, an input of another type, or a name that is not an input. An unknown value is
   * not a problem.
   */
  Map<String, String> inputProblems(PropertyMap inputs) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (Field field : fields) {
      Optional<Value> value = inputs.find(field.name());
      boolean valid =
          value
              .map(found -> field.type().accepts(found) && !field.type().isEmpty(found))
              .orElse(field.property().optional());
      if (!valid && !inputs.isUnknown(field.name())) {
        problems.put(field.name(), field.type().requirement());
      }
    }
    Set<String> others = new TreeSet<>(inputs.names());
    fields.forEach(field -> others.remove(field.name()));
    for (String other : others) {
      problems.put(
          other,
          "there is no such input; the inputs are: "
              + String.join(", ", fields.stream().map(Field::name).toList()));
    }
    return problems;
  }

  /**
   * All problems with a stored state, each as a clause: a property is missing or has another type.
   */
  List<String> stateProblems(PropertyMap state) {
    List<String> problems = new ArrayList<>();
    for (Field field : fields) {
      Optional<Value> value = state.find(field.name());
      if (value.isEmpty() && !field.property().optional()) {
        problems.add(field.name() + " is missing");
      } else if (value.isPresent() && !field.type().accepts(value.get())) {
        problems.add(field.name() + " has another type");
      }
    }
    return problems;
  }

  /** Reads a record. A component whose property is absent, unknown or of another type is null. */
  R read(PropertyMap properties) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> read(component, properties)).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + record.getName(), e);
    }
  }

  /** Writes a record. A null component becomes absent if it is optional, and unknown otherwise. */
  PropertyMap write(R from) {
    return write(new PropertyMap(), from);
  }

  private PropertyMap write(PropertyMap start, Object from) {
    PropertyMap properties = start;
    for (RecordComponent component : record.getRecordComponents()) {
      Object value = get(component, from);
      if (component.getType().isRecord()) {
        properties = nested(component).write(properties, value);
      } else if (value != null) {
        ValueType type = ValueType.of(component.getGenericType());
        properties = properties.with(component.getName(), type.write(value));
      } else if (!component.getAnnotation(Property.class).optional()) {
        properties = properties.withUnknown(component.getName());
      }
    }
    return properties;
  }

  private static Object read(RecordComponent component, PropertyMap properties) {
    if (component.getType().isRecord()) {
      return nested(component).read(properties);
    }
    ValueType type = ValueType.of(component.getGenericType());
    return properties
        .find(component.getName())
        .filter(value -> type.accepts(value) && !properties.isUnknown(component.getName()))
        .map(type::read)
        .orElse(null);
  }

  private static Object get(RecordComponent component, Object from) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static RecordShape<?> nested(RecordComponent component) {
    return new RecordShape<>(component.getType().asSubclass(Record.class));
  }
}

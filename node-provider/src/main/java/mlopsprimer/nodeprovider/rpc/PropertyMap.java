package mlopsprimer.nodeprovider.rpc;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Optional;
import java.util.Set;

/** The properties of one resource, in the form of Pulumi's protocol. */
record PropertyMap(Struct struct) {
  /** The text that stands in Pulumi's protocol for a value that a preview does not know yet. */
  private static final Value UNKNOWN =
      Value.newBuilder().setStringValue("04da6b54-80e4-46f7-96ec-b56ff0331ba9").build();

  PropertyMap() {
    this(Struct.getDefaultInstance());
  }

  boolean isEmpty() {
    return struct.getFieldsCount() == 0;
  }

  Set<String> names() {
    return struct.getFieldsMap().keySet();
  }

  /** The value, unless it is absent or null. It may be unknown. */
  Optional<Value> find(String name) {
    return Optional.ofNullable(struct.getFieldsMap().get(name))
        .filter(value -> !value.hasNullValue());
  }

  /** Whether the value is unknown, or contains an unknown value. */
  boolean isUnknown(String name) {
    return find(name).filter(PropertyMap::mentionsUnknown).isPresent();
  }

  /** Whether both maps have the same value of that name, or both have none. */
  boolean sameAs(PropertyMap other, String name) {
    return find(name).equals(other.find(name));
  }

  PropertyMap with(String name, Value value) {
    return new PropertyMap(struct.toBuilder().putFields(name, value).build());
  }

  PropertyMap withUnknown(String name) {
    return with(name, UNKNOWN);
  }

  private static boolean mentionsUnknown(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.equals(UNKNOWN);
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream().anyMatch(PropertyMap::mentionsUnknown);
      case STRUCT_VALUE ->
          value.getStructValue().getFieldsMap().values().stream()
              .anyMatch(PropertyMap::mentionsUnknown);
      default -> false;
    };
  }
}

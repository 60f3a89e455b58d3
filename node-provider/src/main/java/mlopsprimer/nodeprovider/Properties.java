package mlopsprimer.nodeprovider;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A resource's properties on the wire. Immutable. */
record Properties(Struct struct) {
  /** What stands for a value that only an update will know; fixed by Pulumi's protocol. */
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  boolean has(String name) {
    return struct.containsFields(name) && !struct.getFieldsOrThrow(name).hasNullValue();
  }

  boolean isKnown(String name) {
    return has(name) && !mentionsUnknown(struct.getFieldsOrThrow(name));
  }

  String text(String name) {
    return struct.getFieldsOrThrow(name).getStringValue();
  }

  int number(String name) {
    return (int) struct.getFieldsOrThrow(name).getNumberValue();
  }

  boolean flag(String name) {
    return has(name) && struct.getFieldsOrThrow(name).getBoolValue();
  }

  List<String> texts(String name) {
    return struct.getFieldsOrThrow(name).getListValue().getValuesList().stream()
        .map(Value::getStringValue)
        .toList();
  }

  Map<String, String> textMap(String name) {
    return struct.getFieldsOrThrow(name).getStructValue().getFieldsMap().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> e.getValue().getStringValue(), (a, b) -> a, TreeMap::new));
  }

  Properties with(String name, String value) {
    return with(name, Value.newBuilder().setStringValue(value).build());
  }

  Properties with(String name, Map<String, String> values) {
    Struct.Builder map = Struct.newBuilder();
    values.forEach((k, v) -> map.putFields(k, Value.newBuilder().setStringValue(v).build()));
    return with(name, Value.newBuilder().setStructValue(map).build());
  }

  Properties withUnknown(String name) {
    return with(name, UNKNOWN);
  }

  boolean sameAs(Properties other, String name) {
    return struct
        .getFieldsMap()
        .getOrDefault(name, Value.getDefaultInstance())
        .equals(other.struct.getFieldsMap().getOrDefault(name, Value.getDefaultInstance()));
  }

  /** Texts, numbers from 0 and lists of texts that are missing or of another type. */
  Map<String, String> problemsWith(List<String> texts, List<String> numbers, List<String> lists) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (String name : texts) {
      if (!isUnknown(name) && (!has(name) || text(name).isBlank())) {
        problems.put(name, "a text is needed");
      }
    }
    for (String name : numbers) {
      if (!isUnknown(name) && (!isNumber(name) || number(name) < 0)) {
        problems.put(name, "a number from 0 is needed");
      }
    }
    for (String name : lists) {
      if (!isUnknown(name) && (!has(name) || texts(name).isEmpty())) {
        problems.put(name, "a list of at least one text is needed");
      }
    }
    return problems;
  }

  private boolean isNumber(String name) {
    return has(name) && struct.getFieldsOrThrow(name).hasNumberValue();
  }

  private boolean isUnknown(String name) {
    return has(name) && mentionsUnknown(struct.getFieldsOrThrow(name));
  }

  private Properties with(String name, Value value) {
    return new Properties(struct.toBuilder().putFields(name, value).build());
  }

  private static boolean mentionsUnknown(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue().equals(UNKNOWN);
      case LIST_VALUE -> mentionsUnknown(value.getListValue());
      case STRUCT_VALUE ->
          value.getStructValue().getFieldsMap().values().stream()
              .anyMatch(Properties::mentionsUnknown);
      default -> false;
    };
  }

  private static boolean mentionsUnknown(ListValue list) {
    return list.getValuesList().stream().anyMatch(Properties::mentionsUnknown);
  }
}

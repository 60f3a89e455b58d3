package mlopsprimer.nodeprovider.rpc;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.Value.KindCase;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The types that a property can have, in Java and in Pulumi's protocol. */
enum ValueType {
  TEXT("a text is needed"),
  WHOLE_NUMBER("a whole number of at least 0 is needed"),
  FLAG("true or false is needed"),
  TEXTS("a list of at least one text is needed"),
  TEXT_MAP("a map of texts is needed");

  private final String requirement;

  ValueType(String requirement) {
    this.requirement = requirement;
  }

  /**
   * @throws IllegalArgumentException if no property can have this Java type
   */
  static ValueType of(Type java) {
    if (java == String.class) {
      return TEXT;
    } else if (java == Integer.class) {
      return WHOLE_NUMBER;
    } else if (java == Boolean.class) {
      return FLAG;
    } else if (java instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return TEXTS;
    } else if (java instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      return TEXT_MAP;
    }
    throw new IllegalArgumentException("a property cannot be a " + java);
  }

  /** The requirement for an input of this type, as a clause of a message. */
  String requirement() {
    return requirement;
  }

  /** Whether a value of the protocol has this type. */
  boolean accepts(Value value) {
    return switch (this) {
      case TEXT -> isText(value);
      case WHOLE_NUMBER -> value.hasNumberValue() && isWhole(value.getNumberValue());
      case FLAG -> value.hasBoolValue();
      case TEXTS ->
          value.hasListValue()
              && value.getListValue().getValuesList().stream().allMatch(ValueType::isText);
      case TEXT_MAP ->
          value.hasStructValue()
              && value.getStructValue().getFieldsMap().values().stream()
                  .allMatch(ValueType::isText);
    };
  }

  /** Whether a value of this type is a blank text or an empty list. */
  boolean isEmpty(Value value) {
    return switch (this) {
      case TEXT -> value.getStringValue().isBlank();
      case TEXTS -> value.getListValue().getValuesCount() == 0;
      case WHOLE_NUMBER, FLAG, TEXT_MAP -> false;
    };
  }

  /** The Java object for a value that this type accepts. */
  Object read(Value value) {
    return switch (this) {
      case TEXT -> value.getStringValue();
      case WHOLE_NUMBER -> (int) value.getNumberValue();
      case FLAG -> value.getBoolValue();
      case TEXTS ->
          value.getListValue().getValuesList().stream().map(Value::getStringValue).toList();
      case TEXT_MAP ->
          value.getStructValue().getFieldsMap().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      entry -> entry.getValue().getStringValue(),
                      (a, b) -> a,
                      TreeMap::new));
    };
  }

  /** The protocol's value for a Java object of this type. */
  Value write(Object object) {
    Value.Builder value = Value.newBuilder();
    return switch (this) {
      case TEXT -> text(object);
      case WHOLE_NUMBER -> value.setNumberValue((Integer) object).build();
      case FLAG -> value.setBoolValue((Boolean) object).build();
      case TEXTS -> {
        ListValue.Builder list = ListValue.newBuilder();
        ((List<?>) object).forEach(element -> list.addValues(text(element)));
        yield value.setListValue(list).build();
      }
      case TEXT_MAP -> {
        Struct.Builder map = Struct.newBuilder();
        ((Map<?, ?>) object).forEach((key, element) -> map.putFields((String) key, text(element)));
        yield value.setStructValue(map).build();
      }
    };
  }

  private static Value text(Object text) {
    return Value.newBuilder().setStringValue((String) text).build();
  }

  private static boolean isText(Value value) {
    return value.getKindCase() == KindCase.STRING_VALUE;
  }

  private static boolean isWhole(double number) {
    return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
  }
}

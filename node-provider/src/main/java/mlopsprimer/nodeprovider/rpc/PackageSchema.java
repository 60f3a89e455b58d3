package mlopsprimer.nodeprovider.rpc;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The Pulumi package schema of this provider. It is made from the records of the resource types.
 *
 * @see <a href="https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/">Pulumi
 *     package schema</a>
 */
final class PackageSchema {
  private PackageSchema() {}

  /**
   * The schema as JSON.
   *
   * @param resources the resource types by token
   */
  static String of(String name, String version, Map<String, TypedResource<?, ?>> resources) {
    JsonObject schema = new JsonObject();
    schema.addProperty("name", name);
    schema.addProperty("version", version);
    schema.addProperty(
        "description",
        "The node-provider builds container images with Jib, imports them on the nodes of a cluster, creates directories on nodes, and watches trainings and rollouts.");
    schema.addProperty("license", "GPL-3.0-or-later");
    JsonObject types = new JsonObject();
    resources.forEach((token, resource) -> types.add(token, resource(resource)));
    schema.add("resources", types);
    return schema.toString();
  }

  private static JsonObject resource(TypedResource<?, ?> resource) {
    JsonObject schema = new JsonObject();
    schema.addProperty("description", resource.description());
    schema.add("inputProperties", properties(resource.inputs()));
    schema.add("requiredInputs", required(resource.inputs()));
    schema.add("properties", properties(resource.outputs()));
    schema.add("required", required(resource.outputs()));
    return schema;
  }

  private static JsonObject properties(List<RecordShape.Field> fields) {
    JsonObject properties = new JsonObject();
    for (RecordShape.Field field : fields) {
      JsonObject property = type(field.type());
      property.addProperty("description", field.property().value());
      if (field.property().replaces()) {
        property.addProperty("willReplaceOnChanges", true);
      }
      properties.add(field.name(), property);
    }
    return properties;
  }

  private static JsonArray required(List<RecordShape.Field> fields) {
    JsonArray names = new JsonArray();
    Predicate<RecordShape.Field> optional = field -> field.property().optional();
    fields.stream()
        .filter(optional.negate())
        .map(RecordShape.Field::name)
        .sorted()
        .forEach(names::add);
    return names;
  }

  private static JsonObject type(ValueType type) {
    JsonObject schema = new JsonObject();
    switch (type) {
      case TEXT -> schema.addProperty("type", "string");
      case WHOLE_NUMBER -> schema.addProperty("type", "integer");
      case FLAG -> schema.addProperty("type", "boolean");
      case TEXTS -> {
        schema.addProperty("type", "array");
        schema.add("items", type(ValueType.TEXT));
      }
      case TEXT_MAP -> {
        schema.addProperty("type", "object");
        schema.add("additionalProperties", type(ValueType.TEXT));
      }
    }
    return schema;
  }
}

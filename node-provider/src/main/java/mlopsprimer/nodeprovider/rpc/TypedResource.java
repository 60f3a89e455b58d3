package mlopsprimer.nodeprovider.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** A resource type behind methods that take and return property maps instead of records. */
final class TypedResource<A extends Record, S extends Record> {
  private final String token;
  private final ResourceType<A, S> type;
  private final RecordShape<A> args;
  private final RecordShape<S> state;

  /**
   * The result of a create.
   *
   * @param id Pulumi's id of the resource
   */
  record Created(String id, PropertyMap state) {}

  /**
   * The difference between a resource and its new inputs.
   *
   * @param changed names of the changed inputs
   * @param replaces names of the changed inputs that replace the resource
   * @param hasDrifted whether the resource needs an update although its inputs are the same
   */
  record Difference(List<String> changed, List<String> replaces, boolean hasDrifted) {}

  TypedResource(String token, ResourceType<A, S> type) {
    this.token = token;
    this.type = type;
    this.args = new RecordShape<>(type.args());
    this.state = new RecordShape<>(type.state());
  }

  String description() {
    return type.description();
  }

  List<RecordShape.Field> inputs() {
    return args.fields();
  }

  List<RecordShape.Field> outputs() {
    return state.fields();
  }

  /**
   * Checks the inputs, and adds the inputs that the resource type computes itself.
   *
   * @param before the inputs that the resource has now, or an empty map if it does not exist
   * @throws InvalidInputs with all problems at once
   */
  PropertyMap check(PropertyMap inputs, PropertyMap before) throws Exception {
    Map<String, String> problems = new TreeMap<>(args.inputProblems(inputs));
    A read = args.read(inputs);
    type.problemsWith(read).forEach(problems::putIfAbsent);
    if (!before.isEmpty()) {
      requireFit(args.stateProblems(before));
      type.problemsWithChange(args.read(before), read).forEach(problems::putIfAbsent);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    return args.write(type.completed(read));
  }

  Difference diff(PropertyMap before, PropertyMap inputs) throws ResourceException {
    List<RecordShape.Field> changed =
        args.fields().stream().filter(field -> !inputs.sameAs(before, field.name())).toList();
    return new Difference(
        changed.stream().map(RecordShape.Field::name).sorted().toList(),
        changed.stream()
            .filter(field -> field.property().replaces())
            .map(RecordShape.Field::name)
            .sorted()
            .toList(),
        type.hasDrifted(stateOf(before), args.read(inputs)));
  }

  PropertyMap preview(PropertyMap inputs) throws Exception {
    return state.write(type.preview(args.read(inputs)));
  }

  PropertyMap previewUpdate(PropertyMap before, PropertyMap inputs) throws Exception {
    return state.write(type.previewUpdate(stateOf(before), args.read(inputs)));
  }

  Created create(PropertyMap inputs, Log log) throws Exception {
    S made = orPartlyDone(() -> type.create(args.read(inputs), log));
    return new Created(type.id(made), state.write(made));
  }

  PropertyMap update(PropertyMap before, PropertyMap inputs, Log log) throws Exception {
    S old = stateOf(before);
    return state.write(orPartlyDone(() -> type.update(old, args.read(inputs), log)));
  }

  /** The current state of the resource, or empty if the resource does not exist any more. */
  Optional<PropertyMap> read(String id, PropertyMap before, Log log) throws Exception {
    if (before.isEmpty()) {
      throw new ResourceException(
          "%s cannot be imported, because the id '%s' does not contain its arguments: declare the resource in the program and run 'pulumi up', which takes over what already exists"
              .formatted(token, id));
    }
    return type.read(stateOf(before), log).map(state::write);
  }

  void delete(PropertyMap before, Log log) throws Exception {
    type.delete(stateOf(before), log);
  }

  private S orPartlyDone(Callable<S> work) throws Exception {
    try {
      return work.call();
    } catch (PartlyDoneException e) {
      S partly = type.state().cast(e.state());
      throw Calls.partlyDone(type.id(partly), state.write(partly), e.getMessage());
    }
  }

  private S stateOf(PropertyMap stored) throws ResourceException {
    requireFit(state.stateProblems(stored));
    return state.read(stored);
  }

  private void requireFit(List<String> problems) throws ResourceException {
    if (!problems.isEmpty()) {
      throw new ResourceException(
          "the stored state of a %s does not fit this version of the node-provider: %s. Another version wrote that state: run 'pulumi destroy' with that version of this project and then 'pulumi up' with this version, or correct the state with 'pulumi stack export' and 'pulumi stack import'"
              .formatted(token, String.join(", ", problems)));
    }
  }
}

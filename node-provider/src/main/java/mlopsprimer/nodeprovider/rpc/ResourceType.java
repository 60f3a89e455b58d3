package mlopsprimer.nodeprovider.rpc;

import java.util.Map;
import java.util.Optional;

/**
 * A type of resource: how one is checked, made, read, updated and deleted. Its properties are the
 * components of two records, each with a {@link Property}. A component is a String, an Integer, a
 * Boolean, a {@code List<String>}, a {@code Map<String, String>}, or another such record, whose
 * properties then stand beside the others.
 *
 * <p>A component is null while its value is unknown, which happens only in a preview and in a
 * check. The provider checks that required arguments are present and have the right type; a
 * resource type adds its own checks. Every error says what to do.
 *
 * @param <A> the arguments
 * @param <S> the state: the arguments, and what was found when the resource was made
 */
public interface ResourceType<A extends Record, S extends Record> {
  /** Name in the type token, such as {@code Image} in {@code node-provider:index:Image}. */
  String name();

  /** Description for the package schema. */
  String description();

  Class<A> args();

  Class<S> state();

  /**
   * All problems with the arguments, by the name of the property.
   *
   * @param args arguments; a component that is unknown, missing or of a wrong type is null
   */
  default Map<String, String> problemsWith(A args) {
    return Map.of();
  }

  /**
   * All problems with a change of the arguments of an existing resource, by the name of the
   * property.
   *
   * @param before the arguments that the resource has now
   */
  default Map<String, String> problemsWithChange(A before, A args) {
    return Map.of();
  }

  /** The valid arguments, completed with the arguments that the provider computes itself. */
  default A completed(A args) throws Exception {
    return args;
  }

  /** Whether the resource needs an update although its arguments are the same. */
  default boolean hasDrifted(S state, A args) {
    return false;
  }

  /** Pulumi's id of the resource. */
  String id(S state);

  /** The state that {@link #create} would return; a component that only it can know is null. */
  S preview(A args) throws Exception;

  /** The state that {@link #update} would return; a component that only it can know is null. */
  default S previewUpdate(S state, A args) throws Exception {
    return preview(args);
  }

  /**
   * Makes the resource, or adopts the one that exists.
   *
   * @throws PartlyDoneException if it failed and there is now something to delete
   */
  S create(A args, Log log) throws Exception;

  /** The state as it is now, or empty if the resource is gone. */
  Optional<S> read(S state, Log log) throws Exception;

  /**
   * Brings the resource to the new arguments.
   *
   * @throws PartlyDoneException if it failed and there is now something to delete
   */
  default S update(S state, A args, Log log) throws Exception {
    return create(args, log);
  }

  /** Deletes the resource; deleting it twice is not an error. */
  void delete(S state, Log log) throws Exception;
}

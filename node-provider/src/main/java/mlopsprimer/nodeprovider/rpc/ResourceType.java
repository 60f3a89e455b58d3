package mlopsprimer.nodeprovider.rpc;

import java.util.Map;
import java.util.Optional;

/**
 * A type of resource. It checks, creates, reads, updates and deletes resources. The properties of a
 * resource are the components of two records, and each component has a {@link Property}. A
 * component is a String, an Integer, a Boolean, a {@code List<String>}, a {@code Map<String,
 * String>} or another such record. The properties of that other record become properties of the
 * resource, too.
 *
 * <p>A component is null while its value is unknown. A value can be unknown only in a preview and
 * in a check. The class {@link Provider} checks that required arguments are present and have the
 * right type. A resource type adds its own checks. Every error says what to do.
 *
 * @param <A> the arguments
 * @param <S> the state, which has the arguments and the properties that {@code create} found out
 */
public interface ResourceType<A extends Record, S extends Record> {
  /** Name in the type token, such as {@code Image} in {@code node-provider:index:Image}. */
  String name();

  /** Description for the package schema. */
  String description();

  /** The record of the arguments. */
  Class<A> args();

  /** The record of the state. */
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

  /** Adds the arguments that the resource type computes itself to valid arguments. */
  default A completed(A args) throws Exception {
    return args;
  }

  /** Whether the resource needs an update although its arguments are the same. */
  default boolean hasDrifted(S state, A args) {
    return false;
  }

  /** Pulumi's id of the resource. */
  String id(S state);

  /**
   * The state that {@link #create} would return. A component that only {@code create} finds out is
   * null.
   */
  S preview(A args) throws Exception;

  /**
   * The state that {@link #update} would return. A component that only {@code update} finds out is
   * null.
   */
  default S previewUpdate(S state, A args) throws Exception {
    return preview(args);
  }

  /**
   * Creates the resource, or takes over an existing resource that is as required.
   *
   * @throws PartlyDoneException if the create failed after it had done a part of its work
   */
  S create(A args, Log log) throws Exception;

  /** The current state of the resource, or empty if the resource does not exist any more. */
  Optional<S> read(S state, Log log) throws Exception;

  /**
   * Changes the resource according to the new arguments.
   *
   * @throws PartlyDoneException if the update failed after it had done a part of its work
   */
  default S update(S state, A args, Log log) throws Exception {
    return create(args, log);
  }

  /** Deletes the resource. A second delete is not an error. */
  void delete(S state, Log log) throws Exception;
}

package mlopsprimer.nodeprovider;

import java.util.Optional;
import java.util.Set;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * A kind of resource: what its inputs must be, and how one is made, looked at and unmade. State is
 * the inputs and what was found when it was made. Every error says what to do.
 */
interface Kind {
  /**
   * The inputs, completed with what follows from them. Values that a preview does not know yet
   * pass.
   *
   * @throws InvalidInputs with every problem at once
   */
  Properties check(Properties inputs) throws Exception;

  /**
   * The same for a resource that is there.
   *
   * @param before the inputs that it has now
   */
  default Properties check(Properties inputs, Properties before) throws Exception {
    return check(inputs);
  }

  /** The inputs that cannot change without another resource being made, before this one goes. */
  Set<String> replaces();

  /** Whether a resource that has not changed has to be brought back to what it should be. */
  default boolean hasDrifted(Properties state, Properties inputs) {
    return false;
  }

  String idOf(Properties state);

  /** What state will be, as far as that is known before anything is done. */
  Properties preview(Properties inputs) throws Exception;

  /** The same of an update. */
  default Properties previewUpdate(Properties state, Properties inputs) throws Exception {
    return preview(inputs);
  }

  /**
   * @throws PartlyDoneException if there is now something to undo, although it failed
   */
  Properties create(Properties inputs, Log log) throws Exception;

  /** The state as it is now; empty if the resource is gone. */
  Optional<Properties> read(Properties state, Log log) throws Exception;

  /**
   * @throws PartlyDoneException as {@link #create} does
   */
  Properties update(Properties state, Properties inputs, Log log) throws Exception;

  void delete(Properties state, Log log) throws Exception;
}

package mlopsprimer.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The stack that an object on the cluster or a directory on a node belongs to. The text form of the
 * owner is written on the object as a mark, such as {@code mlops-primer/dev/3f2a9c0d1e4b}.
 *
 * @param project name of the Pulumi project
 * @param stack name of the Pulumi stack
 * @param id 12 hex digits that are chosen when the stack is created, or {@link #KEPT}. Two stacks
 *     with the same name, whose states are in different backends, have different ids.
 */
public record StackOwner(String project, String stack, String id) {
  /** Name of the annotation that carries the mark of a Kubernetes object. */
  public static final String ANNOTATION = "mlops-primer/owner";

  /**
   * The id in the mark of a directory that stayed when its stack was destroyed. The next stack with
   * the same project and name takes the directory up again.
   */
  public static final String KEPT = "kept";

  /** The word that stands for an object without a mark where an id is expected. */
  public static final String UNMARKED = "unmarked";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}|" + KEPT);

  /**
   * @throws IllegalArgumentException if a name has other characters than Pulumi allows, or the id
   *     has another form
   */
  public StackOwner {
    if (!NAME.matcher(project).matches()
        || !NAME.matcher(stack).matches()
        || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "not an owner of the form project/stack/id: " + project + "/" + stack + "/" + id);
    }
  }

  /** Reads a mark. The result is empty if the text has another form. */
  public static Optional<StackOwner> parse(String mark) {
    String[] parts = mark.strip().split("/", -1);
    try {
      return parts.length == 3
          ? Optional.of(new StackOwner(parts[0], parts[1], parts[2]))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether both are the same stack, which may have been renamed. */
  public boolean isSameStackAs(StackOwner other) {
    return id.equals(other.id) && !id.equals(KEPT);
  }

  /** The same stack after it or its project was renamed. */
  public StackOwner renamed(String newProject, String newStack) {
    return new StackOwner(newProject, newStack, id);
  }

  /** The owner of a directory that stays when this stack is destroyed. */
  public StackOwner kept() {
    return new StackOwner(project, stack, KEPT);
  }

  /** The mark: project/stack/id. */
  @Override
  public String toString() {
    return "%s/%s/%s".formatted(project, stack, id);
  }
}

package mlopsprimer.contract;

/** The paths of directories on a node that the stack may create and delete. */
public final class NodePath {
  /**
   * A regular expression of the accepted paths. They have at least three levels, and no character
   * in them has a meaning for a shell or the file system.
   */
  public static final String REGEX = "(/[A-Za-z0-9_-][A-Za-z0-9._-]*){3,}";

  private NodePath() {}
}

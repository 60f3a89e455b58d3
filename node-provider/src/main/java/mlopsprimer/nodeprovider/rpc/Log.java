package mlopsprimer.nodeprovider.rpc;

/** Shows messages about one resource to the user of Pulumi. */
public interface Log {
  /** Shows what is being done. */
  void info(String message);

  /** Shows what the user has to know, although the resource does not fail. */
  void warn(String message);
}

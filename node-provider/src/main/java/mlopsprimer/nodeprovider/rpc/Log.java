package mlopsprimer.nodeprovider.rpc;

/** Shows the progress messages of one resource to the user of Pulumi. */
@FunctionalInterface
public interface Log {
  void info(String message);
}

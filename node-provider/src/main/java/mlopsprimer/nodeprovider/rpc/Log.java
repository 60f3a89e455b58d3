package mlopsprimer.nodeprovider.rpc;

/** Takes the progress messages of one resource, for the user of Pulumi to see. */
@FunctionalInterface
public interface Log {
  void info(String message);
}

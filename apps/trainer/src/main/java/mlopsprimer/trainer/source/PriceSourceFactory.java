package mlopsprimer.trainer.source;

import java.util.Optional;

/**
 * Opens the price source of one name. {@link java.util.ServiceLoader} finds the factories, so a new
 * source is one new class that has an {@code @AutoService} factory, and its name in the list of
 * source names.
 */
public interface PriceSourceFactory {
  /** Name of the source in the setting {@code source}, without an argument: {@code csv}. */
  String name();

  /**
   * Opens the source. No price is read yet.
   *
   * @param argument text after the colon of {@code name:argument}; empty if there is no colon
   */
  PriceSource open(Optional<String> argument, SourceSettings settings);
}

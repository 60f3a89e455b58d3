package mlopsprimer.trainer.source;

import java.util.Optional;

/**
 * Opens the price source of one name. {@link java.util.ServiceLoader} finds the factories, so a new
 * source is one new class that has an {@code @AutoService} factory, and one new constant of {@code
 * SourceSpec.Kind}.
 */
public interface PriceSourceFactory {
  /**
   * Name of the source in the setting {@code source}, without its argument, such as {@code csv}.
   */
  String name();

  /**
   * Opens the source. This method reads no prices.
   *
   * @param argument text after the colon of {@code name:argument}; empty if there is no colon
   */
  PriceSource open(Optional<String> argument, SourceSettings settings);
}

package mlopsprimer.trainer.source;

import java.util.List;
import java.util.ServiceLoader;
import mlopsprimer.contract.SourceSpec;

/** Opens the price sources that the settings name. */
public final class PriceSources {
  private PriceSources() {}

  /**
   * Opens one source, or several that are tried in order.
   *
   * @throws IllegalStateException if a source has no factory
   */
  public static PriceSource open(List<SourceSpec> specs, SourceSettings settings) {
    List<PriceSource> sources = specs.stream().map(spec -> open(spec, settings)).toList();
    return sources.size() == 1 ? sources.get(0) : new FallbackPriceSource(sources);
  }

  private static PriceSource open(SourceSpec spec, SourceSettings settings) {
    return factories().stream()
        .filter(factory -> factory.name().equals(spec.kind().label()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no factory for the source '%s'; annotate it with @AutoService(PriceSourceFactory.class)"
                        .formatted(spec.kind().label())))
        .open(spec.argument(), settings);
  }

  static List<PriceSourceFactory> factories() {
    return ServiceLoader.load(PriceSourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}

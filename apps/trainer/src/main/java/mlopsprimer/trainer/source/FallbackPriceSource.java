package mlopsprimer.trainer.source;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import mlopsprimer.prices.PriceSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries several sources in order. The next source is tried only if a source is unreachable. A
 * source whose data cannot be used ends the run, because the prices of another source would hide
 * the fault.
 */
final class FallbackPriceSource implements PriceSource {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackPriceSource.class);

  /** Longest time that a source may take if another source follows it. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final List<PriceSource> sources;

  FallbackPriceSource(List<PriceSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    return sources.stream().map(PriceSource::name).collect(Collectors.joining(","));
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    for (int i = 0; i < sources.size() - 1; i++) {
      try {
        return sources.get(i).fetch(request.within(PATIENCE));
      } catch (SourceUnreachableException e) {
        LOG.atWarn()
            .addKeyValue("source", sources.get(i).name())
            .addKeyValue("next", sources.get(i + 1).name())
            .addKeyValue("cause", e.getMessage())
            .log("source-unreachable");
      }
    }
    return sources.get(sources.size() - 1).fetch(request);
  }
}

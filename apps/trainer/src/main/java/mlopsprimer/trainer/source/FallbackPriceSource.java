package mlopsprimer.trainer.source;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import mlopsprimer.prices.PriceSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sources tried in order. Only an unreachable source is passed over: one that answers with data
 * that cannot be used ends the run, because falling back would hide that.
 */
public final class FallbackPriceSource implements PriceSource {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackPriceSource.class);

  /** A source that has a successor is not waited for longer; somebody watches the demo. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final List<PriceSource> sources;

  public FallbackPriceSource(List<PriceSource> sources) {
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
        LOG.warn(
            "event=source-unreachable source={} next={} cause=\"{}\"",
            sources.get(i).name(),
            sources.get(i + 1).name(),
            e.getMessage());
      }
    }
    return sources.get(sources.size() - 1).fetch(request);
  }
}

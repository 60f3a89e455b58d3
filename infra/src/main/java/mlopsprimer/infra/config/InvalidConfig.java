package mlopsprimer.infra.config;

import com.pulumi.exceptions.RunException;
import java.util.List;

/** The stack's settings cannot be used. The message names every problem. */
public final class InvalidConfig extends RunException {
  private static final long serialVersionUID = 1;

  InvalidConfig(List<String> problems) {
    super(
        "%d problem%s with the configuration; nothing was changed:\n  %s"
            .formatted(
                problems.size(), problems.size() == 1 ? "" : "s", String.join("\n  ", problems)));
  }
}

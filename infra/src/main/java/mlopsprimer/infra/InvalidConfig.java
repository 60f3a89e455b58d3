package mlopsprimer.infra;

import com.pulumi.exceptions.RunException;
import java.util.List;

/** Settings that no stack can be made from: all problems at once. */
final class InvalidConfig extends RunException {
  private static final long serialVersionUID = 1;

  InvalidConfig(List<String> problems) {
    super(
        "%d problem%s with the configuration; nothing was changed:\n  %s"
            .formatted(
                problems.size(), problems.size() == 1 ? "" : "s", String.join("\n  ", problems)));
  }
}

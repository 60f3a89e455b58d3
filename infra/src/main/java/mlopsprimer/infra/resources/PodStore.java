package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pods of one app need for the model store.
 *
 * @param annotations annotations of the pods; Kubernetes replaces the pods when they change
 * @param serviceAccount the ServiceAccount that gives the pods the credentials of a role
 * @param affinity where the pods must run
 */
record PodStore(
    List<VolumeArgs> volumes,
    List<VolumeMountArgs> mounts,
    List<EnvVarArgs> environment,
    Output<Map<String, String>> annotations,
    Optional<String> serviceAccount,
    Optional<AffinityArgs> affinity) {
  PodStore {
    volumes = List.copyOf(volumes);
    mounts = List.copyOf(mounts);
    environment = List.copyOf(environment);
  }

  /** A copy with more annotations of the pods. */
  PodStore with(Output<Map<String, String>> more) {
    Output<Map<String, String>> all =
        Output.tuple(annotations, more)
            .applyValue(
                found -> {
                  Map<String, String> merged = new HashMap<>(found.t1);
                  merged.putAll(found.t2);
                  return merged;
                });
    return new PodStore(volumes, mounts, environment, all, serviceAccount, affinity);
  }

  /** A copy with more environment variables of the pods. */
  PodStore withVariables(List<EnvVarArgs> more) {
    List<EnvVarArgs> all = new ArrayList<>(environment);
    all.addAll(more);
    return new PodStore(volumes, mounts, all, annotations, serviceAccount, affinity);
  }
}

package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;

/**
 * How the pods of one app reach a bucket.
 *
 * @param endpoint URL of the S3 service; empty for that of Amazon
 * @param credentials the credentials; empty if a role of the cloud gives them
 * @param fingerprint a text that changes with the credentials and does not tell them
 * @param serviceAccount the ServiceAccount with the role
 */
record S3Access(
    Optional<String> endpoint,
    String region,
    Optional<CredentialsSecret> credentials,
    Output<String> fingerprint,
    Optional<String> serviceAccount) {
  /** The part of a pod's specification. The pod has no volume of the store. */
  PodStore pod() {
    List<EnvVarArgs> environment = new ArrayList<>();
    endpoint.ifPresent(
        url -> environment.add(Variables.plain(AppSettings.S3_ENDPOINT.variable(), url)));
    environment.add(Variables.plain(AppSettings.S3_REGION.variable(), region));
    credentials.ifPresent(
        secret ->
            environment.addAll(
                secret.environment(CredentialsSecret.ACCESS_KEY, CredentialsSecret.SECRET_KEY)));
    return new PodStore(
        List.of(),
        List.of(),
        environment,
        fingerprint.applyValue(
            text -> text.isEmpty() ? Map.of() : Map.of("mlops-primer/store-credentials", text)),
        serviceAccount,
        Optional.empty());
  }
}

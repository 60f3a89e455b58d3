package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks.ResourceArgs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model store in a bucket, and on a volume that the cluster provisions. */
class StoresTest {
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
  private static final String SECRET = "kubernetes:core/v1:Secret";
  private static final String ACCOUNT = "kubernetes:core/v1:ServiceAccount";
  private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
  private static final String CONTAINER = "spec/template/spec/containers/0/";

  private static final Stack BUCKET = Stack.of(AnyCluster.BUCKET);

  @Test
  void podsOfABucketHaveNoVolumeOfTheStore() {
    for (String kind : List.of(JOB, DEPLOYMENT)) {
      Map<String, Object> inputs = BUCKET.only(kind).inputs;
      assertThat((List<?>) at(inputs, "spec/template/spec/volumes"))
          .extracting(volume -> at(volume, "name"))
          .containsExactly("tmp");
      assertThat((List<?>) at(inputs, CONTAINER + "args"))
          .map(Object::toString)
          .contains("--store=s3://my-bucket/primer")
          .doesNotContain("--store=/models");
      assertThat(variable(inputs, "S3_ENDPOINT")).isEqualTo("https://s3.example.com:9000");
      assertThat(variable(inputs, "S3_REGION")).isEqualTo("eu-central-1");
    }
    assertThat(BUCKET.types()).noneMatch(type -> type.contains("Volume"));
  }

  @Test
  void theCredentialsReachThePodsOnlyThroughASecret() {
    assertThat(at(BUCKET.only(SECRET).inputs, "stringData"))
        .isEqualTo(
            Map.of("AWS_ACCESS_KEY_ID", "WRITERKEY", "AWS_SECRET_ACCESS_KEY", "writer-secret"));
    for (ResourceArgs made : BUCKET.registered()) {
      if (!made.type.equals(SECRET)) {
        assertThat(made.inputs.toString())
            .as(made.type)
            .doesNotContain("WRITERKEY", "writer-secret");
      }
    }
    assertThat(secretOf(BUCKET, JOB)).isEqualTo("store-writer");
    assertThat(secretOf(BUCKET, DEPLOYMENT)).isEqualTo("store-writer");
  }

  @Test
  void theApiHasTheCredentialsOfAReaderIfThereAreAny() {
    Stack stack =
        bucket(Map.of("s3ReaderAccessKey", "READERKEY", "s3ReaderSecretKey", "reader-secret"));

    assertThat(secretOf(stack, JOB)).isEqualTo("store-writer");
    assertThat(secretOf(stack, DEPLOYMENT)).isEqualTo("store-reader");
  }

  @Test
  void otherCredentialsReplaceThePods() {
    String path = "spec/template/metadata/annotations/mlops-primer~store-credentials";

    assertThat(at(bucket(Map.of("s3SecretKey", "another")).only(DEPLOYMENT).inputs, path))
        .isNotNull()
        .isNotEqualTo(at(BUCKET.only(DEPLOYMENT).inputs, path));
  }

  @Test
  void aRoleOfTheCloudNeedsNoSecret() {
    Stack stack =
        Stack.of(
            AnyCluster.with(
                AnyCluster.REGISTRY,
                Map.of(
                    "store", "s3://my-bucket/primer",
                    "s3Identity", "eks.amazonaws.com/role-arn=arn:aws:iam::1:role/writer",
                    "s3ReaderIdentity", "eks.amazonaws.com/role-arn=arn:aws:iam::1:role/reader")));

    assertThat(stack.types()).doesNotContain(SECRET);
    assertThat(stack.ofType(ACCOUNT))
        .extracting(
            account -> at(account.inputs, "metadata/annotations/eks.amazonaws.com~role-arn"))
        .containsExactlyInAnyOrder("arn:aws:iam::1:role/writer", "arn:aws:iam::1:role/reader");
    assertThat(at(stack.only(JOB).inputs, "spec/template/spec/serviceAccountName"))
        .isEqualTo("store-writer");
    assertThat(at(stack.only(DEPLOYMENT).inputs, "spec/template/spec/serviceAccountName"))
        .isEqualTo("store-reader");
    assertThat(variable(stack.only(JOB).inputs, "S3_ENDPOINT")).isNull();
  }

  @Test
  void thePoliciesLetThePodsConnectToThePortOfTheService() {
    for (String policy : List.of("api-reads", "trainer-writes")) {
      assertThat(at(policy(BUCKET, policy), "spec/egress/0/ports/0/port")).isEqualTo(53.0);
      assertThat(at(policy(BUCKET, policy), "spec/egress/1/ports/0/port")).isEqualTo(9000.0);
      assertThat(at(policy(BUCKET, policy), "spec/egress/1/to")).isNull();
      assertThat(
              at(
                  policy(bucket(Map.of("s3Cidr", "10.1.0.0/16")), policy),
                  "spec/egress/1/to/0/ipBlock/cidr"))
          .isEqualTo("10.1.0.0/16");
    }
    assertThat(at(policy(BUCKET, "api-answers"), "spec/egress")).isNull();
  }

  /** The service that gives the credentials of a role is not where the bucket is. */
  @Test
  void aRoleOfTheCloudIsAskedForOnPort443() {
    Stack stack =
        Stack.of(
            AnyCluster.with(
                AnyCluster.REGISTRY,
                Map.of(
                    "store", "s3://my-bucket/primer",
                    "s3Endpoint", "https://s3.example.com:9000",
                    "s3Identity", "eks.amazonaws.com/role-arn=arn:aws:iam::1:role/writer")));

    for (String policy : List.of("api-reads", "trainer-writes")) {
      assertThat((List<?>) at(policy(stack, policy), "spec/egress/1/ports"))
          .extracting(port -> at(port, "port"))
          .containsExactly(9000.0, 443.0);
      assertThat((List<?>) at(policy(BUCKET, policy), "spec/egress/1/ports")).hasSize(1);
    }
  }

  @Test
  void aClaimOfAStorageClassNeedsNoDirectoryOnANode() {
    Stack stack = Stack.of(AnyCluster.PROVISIONED);
    Map<String, Object> claim = stack.only(CLAIM).inputs;

    assertThat(stack.result().errors()).isEmpty();
    assertThat(at(claim, "spec/storageClassName")).isEqualTo("gp3");
    assertThat(at(claim, "spec/accessModes")).isEqualTo(List.of("ReadWriteOnce"));
    assertThat(at(claim, "spec/volumeName")).isNull();
    assertThat(at(claim, "metadata/annotations/pulumi.com~skipAwait")).isEqualTo("true");
    assertThat(stack.types())
        .noneMatch(type -> type.contains("NodeDirectory") || type.endsWith("PersistentVolume"));
    assertThat(at(stack.only(DEPLOYMENT).inputs, CONTAINER + "volumeMounts/0/mountPath"))
        .isEqualTo("/models");
  }

  @Test
  void allPodsRunOnOneNodeIfOnlyOneNodeCanMountTheVolume() {
    String rule =
        "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/";
    Stack one = Stack.of(AnyCluster.PROVISIONED);
    Stack all =
        Stack.of(AnyCluster.with(AnyCluster.PROVISIONED, Map.of("accessMode", "ReadWriteMany")));

    for (String kind : List.of(JOB, DEPLOYMENT)) {
      Map<String, Object> inputs = one.only(kind).inputs;
      assertThat(at(inputs, rule + "topologyKey")).isEqualTo("kubernetes.io/hostname");
      Map<?, ?> selected = (Map<?, ?>) at(inputs, rule + "labelSelector/matchLabels");
      Map<?, ?> labels = (Map<?, ?>) at(inputs, "spec/template/metadata/labels");
      assertThat(labels.entrySet().containsAll(selected.entrySet()))
          .as("the rule selects the pod itself, so that the first pod can run")
          .isTrue();
      assertThat(at(all.only(kind).inputs, "spec/template/spec/affinity")).isNull();
    }
    assertThat(at(all.only(CLAIM).inputs, "spec/accessModes")).isEqualTo(List.of("ReadWriteMany"));
  }

  private static Stack bucket(Map<String, String> more) {
    return Stack.of(AnyCluster.with(AnyCluster.BUCKET, more));
  }

  private static Map<String, Object> policy(Stack stack, String name) {
    return stack.ofType(POLICY).stream()
        .filter(policy -> policy.name.equals(name))
        .findFirst()
        .orElseThrow()
        .inputs;
  }

  private static String secretOf(Stack stack, String kind) {
    return ((List<?>) at(stack.only(kind).inputs, CONTAINER + "env"))
        .stream()
            .filter(variable -> at(variable, "name").equals("AWS_SECRET_ACCESS_KEY"))
            .map(variable -> at(variable, "valueFrom/secretKeyRef/name").toString())
            .findFirst()
            .orElseThrow();
  }

  private static Object variable(Map<String, Object> inputs, String name) {
    return ((List<?>) at(inputs, CONTAINER + "env"))
        .stream()
            .filter(variable -> at(variable, "name").equals(name))
            .map(variable -> at(variable, "value"))
            .findFirst()
            .orElse(null);
  }
}

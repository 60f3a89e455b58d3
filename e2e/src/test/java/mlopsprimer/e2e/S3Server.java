package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The S3 server of the layer s3, which runs outside the cluster. */
final class S3Server {
  static final String BUCKET = "mlops-primer";
  private static final String PREFIX = "models";
  private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");
  private static final String CREDENTIALS = ". \"${PULUMI_HOME%/*}\"/state/s3/credentials; ";

  /** The program of the server, in the words of the shell. */
  static final String PROGRAM = "\"${PULUMI_HOME%/*}\"/toolchain/versitygw/versitygw";

  private S3Server() {}

  /** Sets the stack's store to this server, with the reader's keys for the API. */
  static void use() {
    Stack.set("store", "s3://%s/%s".formatted(BUCKET, PREFIX));
    Stack.set("s3Cidr", "192.168.56.1/32");
    succeed(CREDENTIALS + "pulumi config set s3Endpoint \"$S3_ENDPOINT\"");
    secret("s3AccessKey", "S3_ACCESS_KEY");
    secret("s3SecretKey", "S3_SECRET_KEY");
    secret("s3ReaderAccessKey", "S3_READER_ACCESS_KEY");
    secret("s3ReaderSecretKey", "S3_READER_SECRET_KEY");
  }

  private static void secret(String setting, String variable) {
    succeed(
        CREDENTIALS
            + "printf %%s \"$%s\" | pulumi config set --secret %s".formatted(variable, setting));
  }

  /**
   * Creates the Secrets of the stack's pods in the stack's namespace, as {@code pulumi up} does.
   */
  static void createSecrets() {
    succeed(
        CREDENTIALS
            + """
            kubectl -n mlops-primer create secret generic store-writer \\
              --from-literal=AWS_ACCESS_KEY_ID="$S3_ACCESS_KEY" --from-literal=AWS_SECRET_ACCESS_KEY="$S3_SECRET_KEY"
            kubectl -n mlops-primer create secret generic store-reader \\
              --from-literal=AWS_ACCESS_KEY_ID="$S3_READER_ACCESS_KEY" --from-literal=AWS_SECRET_ACCESS_KEY="$S3_READER_SECRET_KEY"
            """);
  }

  /** Stores every file of a directory, below a prefix. */
  static void upload(String directory, String prefix) {
    succeed(
        "(cd %s && find . -type f -printf '%%P\\n') | while read -r f; do lab/layers/s3/request.sh PUT /%s/%s/\"$f\" %s/\"$f\" || exit; done"
            .formatted(directory, BUCKET, prefix, directory));
  }

  static void delete(String key) {
    succeed("lab/layers/s3/request.sh DELETE /%s/%s".formatted(BUCKET, key));
  }

  /** The keys of at most 1,000 objects. */
  static List<String> keys() {
    return KEY.matcher(succeed("lab/layers/s3/request.sh GET '/%s?list-type=2'".formatted(BUCKET)))
        .results()
        .map((MatchResult key) -> key.group(1))
        .toList();
  }
}

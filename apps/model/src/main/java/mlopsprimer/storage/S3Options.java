package mlopsprimer.storage;

import java.util.Optional;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.SettingValues;

/**
 * How S3 is reached. Credentials are no part of it: the default chain of the AWS SDK finds them.
 *
 * @param endpoint URL of the server; empty for Amazon's server of the region
 * @param region name that requests are signed for
 * @param pathStyle whether the bucket is in the path of a URL, not in its host name
 */
public record S3Options(Optional<BaseUrl> endpoint, String region, boolean pathStyle) {

  /**
   * @param values of a group that contains {@link AppSettings#OF_STORAGE}
   */
  public static S3Options of(SettingValues values) {
    Optional<BaseUrl> endpoint = values.get(AppSettings.S3_ENDPOINT);
    return new S3Options(
        endpoint,
        values.get(AppSettings.S3_REGION),
        values.get(AppSettings.S3_PATH_STYLE).orElse(endpoint.isPresent()));
  }

  @Override
  public String toString() {
    return "endpoint=%s region=%s"
        .formatted(endpoint.map(BaseUrl::toString).orElse("amazon"), region);
  }
}

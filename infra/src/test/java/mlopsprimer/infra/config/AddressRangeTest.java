package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "192.168.56.1/32", "10.255.0.0/16", "::/0", "fd00:1::/32"})
  void aRangeOfIpAddressesIsTakenAsItIs(String range) {
    assertThat(AddressRange.require(range)).isEqualTo(range);
  }
}

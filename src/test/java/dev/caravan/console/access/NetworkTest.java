package dev.caravan.console.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkTest {

    @Test
    void whoeverHasOneAddressOfIpv6HasAllOfItsNetwork() {
        assertThat(Network.of("2001:db8:1:2:3:4:5:6"))
                .isEqualTo(Network.of("2001:db8:1:2::ffff"))
                .isNotEqualTo(Network.of("2001:db8:1:3::1"));
    }

    @Test
    void addressesOfIpv4AreEachTheirOwnHoweverTheyAreWritten() {
        assertThat(Network.of("192.0.2.1")).isNotEqualTo(Network.of("192.0.2.2"));
        assertThat(Network.of("::ffff:192.0.2.1"))
                .isEqualTo(Network.of("192.0.2.1"))
                .isNotEqualTo(Network.of("::ffff:192.0.2.2"));
    }

    @Test
    void whatIsNoAddressStandsForItself() {
        assertThat(Network.of("unix:/socket")).isEqualTo(new Network("unix:/socket"));
    }
}

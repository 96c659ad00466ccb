package dev.caravan.console.access;

import java.util.HexFormat;

import io.netty.util.NetUtil;

/**
 * Where requests come from, as far as one person has it for himself: an address of IPv4, but of IPv6 the first 64 bits, of
 * whose rest everybody has more than can be counted.
 */
record Network(String key) {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PREFIX_BYTES = 8;
    private static final String IPV4_MAPPED = "0".repeat(20) + "ffff";

    /** @param address in numbers; anything else stands for itself */
    static Network of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length == IPV4_BYTES) {
            return new Network(address);
        }
        return IPV4_MAPPED.equals(HexFormat.of().formatHex(bytes, 0, IPV6_BYTES - IPV4_BYTES))
                ? new Network(NetUtil.bytesToIpAddress(bytes, IPV6_BYTES - IPV4_BYTES, IPV4_BYTES))
                : new Network(HexFormat.of().formatHex(bytes, 0, PREFIX_BYTES) + "/64");
    }
}

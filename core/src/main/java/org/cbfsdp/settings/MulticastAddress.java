package org.cbfsdp.settings;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells literal multicast addresses, 224.0.0.0/4 and ff00::/8, without looking anything up.
 *
 * <p>The JDK reads IPv4 addresses with fewer than four numbers, too (the last one fills the rest), so {@code 239.1} is
 * as much a group as {@code 239.0.0.1} is.
 */
final class MulticastAddress {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,10}(?:\\.[0-9]{1,10}){0,3}");
    private static final BigInteger FIRST = BigInteger.valueOf(0xE000_0000L);
    private static final BigInteger LAST = BigInteger.valueOf(0xEFFF_FFFFL);

    private MulticastAddress() {}

    static boolean matches(String host) {
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (IPV4.matcher(address).matches()) {
            return isIpv4Group(address);
        }
        String lower = address.toLowerCase(Locale.ROOT);
        int lastColon = lower.lastIndexOf(':');
        if (lastColon < 0) {
            return false;
        }
        // ff00::/8: the first group has all four digits, or its leading zeroes would make it 00ff.
        boolean group = lower.matches("ff[0-9a-f]{2}:.*");
        boolean mappedGroup = lower.startsWith("::ffff:")
                && IPV4.matcher(lower.substring(lastColon + 1)).matches()
                && lower.indexOf('.') > 0
                && isIpv4Group(lower.substring(lastColon + 1));
        return group || mappedGroup;
    }

    private static boolean isIpv4Group(String address) {
        int dot = address.indexOf('.');
        if (dot < 0) {
            BigInteger whole = new BigInteger(address);
            return whole.compareTo(FIRST) >= 0 && whole.compareTo(LAST) <= 0;
        }
        long first = Long.parseLong(address.substring(0, dot));
        return first >= 224 && first <= 239;
    }
}

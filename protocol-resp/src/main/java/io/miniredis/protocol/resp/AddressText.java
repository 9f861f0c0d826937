package io.miniredis.protocol.resp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Socket addresses as Redis prints them: {@code 127.0.0.1:6379}, {@code [::1]:6379}. */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    static String of(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        String host = address instanceof Inet6Address six ? "[" + compressed(six) + "]" : address.getHostAddress();
        return host + ":" + socket.getPort();
    }

    /** IPv6 text in its canonical form: the longest run of two or more zero groups, the first if there are several, is left out. */
    private static String compressed(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Byte.toUnsignedInt(bytes[2 * i]) * 256 + Byte.toUnsignedInt(bytes[2 * i + 1]);
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeros(groups, i);
            if (length > gapLength) {
                gap = i;
                gapLength = length;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int zeros(int[] groups, int from) {
        int length = 0;
        while (from + length < GROUPS && groups[from + length] == 0) {
            length++;
        }
        return length;
    }
}

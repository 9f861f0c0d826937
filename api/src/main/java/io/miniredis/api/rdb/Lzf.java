package io.miniredis.api.rdb;

import io.miniredis.api.Slice;

/**
 * Undoes LZF, the compression of Redis's strings: a stream of literal bytes and of references to bytes before.
 *
 * <pre>
 *   000nnnnn  n + 1 bytes            literal bytes
 *   nnnooooo  oooooooo               n + 2 bytes from o + 1 bytes before, n being 1 to 6
 *   111ooooo  nnnnnnnn  oooooooo     n + 9 bytes from o + 1 bytes before
 * </pre>
 */
final class Lzf {
    /** Three bytes give 264 at most. */
    private static final int MOST_GAIN = 88;

    private Lzf() {}

    static byte[] decompress(Slice packed, long length) throws MalformedRdbException {
        if (length > (long) packed.length() * MOST_GAIN) {
            throw malformed();
        }
        byte[] unpacked = new byte[(int) length];
        byte[] in = packed.array();
        int end = packed.offset() + packed.length();
        int at = packed.offset();
        int to = 0;
        while (at < end) {
            int control = in[at++] & 0xff;
            if (control < 0x20) {
                int count = control + 1;
                if (count > end - at || count > unpacked.length - to) {
                    throw malformed();
                }
                System.arraycopy(in, at, unpacked, to, count);
                at += count;
                to += count;
                continue;
            }
            int count = (control >> 5) + 2;
            boolean isLong = control >= 0xe0;
            if (end - at < (isLong ? 2 : 1)) {
                throw malformed();
            }
            if (isLong) {
                count += in[at++] & 0xff;
            }
            int from = to - ((control & 0x1f) << 8) - (in[at++] & 0xff) - 1;
            if (from < 0 || count > unpacked.length - to) {
                throw malformed();
            }
            for (int i = 0; i < count; i++) { // one by one, since it may refer to what it is just writing
                unpacked[to++] = unpacked[from++];
            }
        }
        if (to != unpacked.length) {
            throw malformed();
        }
        return unpacked;
    }

    private static MalformedRdbException malformed() {
        return new MalformedRdbException("not compressed with LZF");
    }
}

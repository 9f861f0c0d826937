package io.miniredis.engine;

/** The checksum of Redis's payloads: the polynomial of Jones, 0xad93d23594c935a9, bits reflected, starting from 0. */
final class Crc64 {
    private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;

    private static final long[] TABLE = table();

    private Crc64() {}

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }

    static long of(byte[] array, int offset, int length) {
        long crc = 0;
        for (int i = offset; i < offset + length; i++) {
            crc = TABLE[(int) (crc ^ array[i]) & 0xff] ^ (crc >>> 8);
        }
        return crc;
    }
}

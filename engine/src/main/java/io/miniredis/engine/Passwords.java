package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** How passwords are kept, compared and made up: as the hexadecimal digits of their SHA-256. */
final class Passwords {
    private static final int HASH_DIGITS = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    static String hash(byte[] password) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(password));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isHash(String text) {
        return text.length() == HASH_DIGITS
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** Whether a password is one of those that are known. Takes as long whichever it is, and if it is none. */
    static boolean isOneOf(byte[] password, List<String> hashes) {
        byte[] hash = hash(password).getBytes(ISO_8859_1);
        boolean found = false;
        for (String known : hashes) {
            found |= MessageDigest.isEqual(hash, known.getBytes(ISO_8859_1));
        }
        return found;
    }

    /** So many digits that nobody can guess. */
    static String random(int digits) {
        byte[] bytes = new byte[(digits + 1) / 2];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).substring(0, digits);
    }
}

package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The live page: one file, and the policy that lets a browser run this script and this style and nothing else, and ask this server alone.
 *
 * @param html the file
 * @param policy for the header {@code Content-Security-Policy}
 */
record MetricsPage(String html, String policy) {

    static MetricsPage load() {
        try (InputStream in = MetricsPage.class.getResourceAsStream("metrics.html")) {
            String html = new String(in.readAllBytes(), UTF_8);
            String policy = "default-src 'none'; script-src " + hash(between(html, "<script>", "</script>"))
                    + "; style-src " + hash(between(html, "<style>", "</style>"))
                    + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            return new MetricsPage(html, policy);
        } catch (IOException e) {
            throw new UncheckedIOException("the page of the metrics cannot be read", e);
        }
    }

    private static String between(String html, String start, String end) {
        int from = html.indexOf(start) + start.length();
        return html.substring(from, html.indexOf(end, from));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.miniredis.testkit;

import io.miniredis.api.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A few words, one after the other. Not private to its type, so that dishonest types can do things to it. */
final class Words {
    byte[][] words = new byte[4][];
    int size;
    long wordBytes;

    void add(String word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word.getBytes(StandardCharsets.UTF_8);
        wordBytes += padded(words[size - 1].length);
    }

    void remove() {
        if (size > 0) {
            wordBytes -= padded(words[--size].length);
            words[size] = null;
        }
    }

    static long padded(int length) {
        return (16L + length + 7) & ~7L;
    }

    /** An honest type; those that are not override something. */
    static class Type implements ValueType<Words> {
        @Override
        public String name() {
            return "words";
        }

        @Override
        public int encodingVersion() {
            return 1;
        }

        @Override
        public Words create() {
            return new Words();
        }

        @Override
        public Words copy(Words words) {
            Words copy = new Words();
            copy.words = words.words.clone();
            copy.size = words.size;
            copy.wordBytes = words.wordBytes;
            return copy;
        }

        /** In a heap of less than 32 GB. */
        @Override
        public long memoryBytes(Words words) {
            return 32 + padded(4 * words.words.length) + words.wordBytes;
        }

        @Override
        public boolean isEmpty(Words words) {
            return words.size == 0;
        }

        @Override
        public void write(Words words, DataOutput out) throws IOException {
            out.writeInt(words.size);
            for (int i = 0; i < words.size; i++) {
                out.writeShort(words.words[i].length);
                out.write(words.words[i]);
            }
        }

        @Override
        public Words read(int version, DataInput in) throws IOException {
            if (version != 1) {
                throw new IOException("unknown version " + version);
            }
            return read(in);
        }

        final Words read(DataInput in) throws IOException {
            Words words = new Words();
            for (int left = in.readInt(); left > 0; left--) {
                byte[] word = new byte[in.readUnsignedShort()];
                in.readFully(word);
                words.add(new String(word, StandardCharsets.UTF_8));
            }
            return words;
        }
    }
}

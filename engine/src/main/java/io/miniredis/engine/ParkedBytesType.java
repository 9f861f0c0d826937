package io.miniredis.engine;

import io.miniredis.api.BytesType;
import io.miniredis.api.Slice;

/** Stands for a {@link BytesType} whose plugin is not there. Its values stay as they are, since they are nothing but bytes. */
final class ParkedBytesType extends BytesType {
    private final String name;
    private final int encodingVersion;

    ParkedBytesType(String name, int encodingVersion) {
        this.name = name;
        this.encodingVersion = encodingVersion;
    }

    @Override
    public int encodingVersion() {
        return encodingVersion;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String encoding(Slice value, int note) {
        return ParkedType.ENCODING;
    }
}

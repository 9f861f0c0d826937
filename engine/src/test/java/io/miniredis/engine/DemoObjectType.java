package io.miniredis.engine;

import io.miniredis.api.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A type whose values are text that grows. */
class DemoObjectType implements ValueType<StringBuilder> {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public int encodingVersion() {
        return 1;
    }

    @Override
    public StringBuilder create() {
        return new StringBuilder();
    }

    @Override
    public StringBuilder copy(StringBuilder value) {
        return new StringBuilder(value);
    }

    @Override
    public long memoryBytes(StringBuilder value) {
        return 64L + value.length();
    }

    @Override
    public void write(StringBuilder value, DataOutput out) throws IOException {
        out.writeUTF(value.toString());
    }

    @Override
    public StringBuilder read(int version, DataInput in) throws IOException {
        return new StringBuilder(in.readUTF());
    }
}

package io.miniredis.engine;

import io.miniredis.api.BytesType;

/** Plain bytes. */
final class TestString extends BytesType {
    static final TestString TYPE = new TestString();

    @Override
    public String name() {
        return "string";
    }
}

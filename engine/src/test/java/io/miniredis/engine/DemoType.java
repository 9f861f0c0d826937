package io.miniredis.engine;

import io.miniredis.api.BytesType;

/** A type that only has a name. */
final class DemoType extends BytesType {
    private final String name;

    DemoType(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }
}

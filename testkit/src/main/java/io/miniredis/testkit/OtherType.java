package io.miniredis.testkit;

import io.miniredis.api.BytesType;

/** A type that no command but {@link PutOther} knows: to every other one it is the wrong type. */
public final class OtherType extends BytesType {

    /** For the service loader. */
    public OtherType() {}

    @Override
    public String name() {
        return "other";
    }
}

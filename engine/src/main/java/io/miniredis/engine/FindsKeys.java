package io.miniredis.engine;

import io.miniredis.api.Args;

/** A handler of this module that finds those of its keys which no {@link io.miniredis.api.KeySpec} can. */
interface FindsKeys {

    /** Reports each key that the specs do not find. */
    void findKeys(Args args, KeyFinder.Found found);
}

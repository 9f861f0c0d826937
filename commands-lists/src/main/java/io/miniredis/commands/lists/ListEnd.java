package io.miniredis.commands.lists;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;

/** One of a list's two ends. */
enum ListEnd {
    /** Where index 0 is. */
    HEAD("lpush", "lpop"),
    /** Where index -1 is. */
    TAIL("rpush", "rpop");

    private final String pushEvent;
    private final String popEvent;

    ListEnd(String pushEvent, String popEvent) {
        this.pushEvent = pushEvent;
        this.popEvent = popEvent;
    }

    /** What those who listen hear when an element is added here. */
    String pushEvent() {
        return pushEvent;
    }

    /** What those who listen hear when an element is taken from here. */
    String popEvent() {
        return popEvent;
    }

    /** The end that an argument names. */
    static ListEnd named(Args args, int index) throws CommandException {
        if (args.is(index, "LEFT")) {
            return HEAD;
        }
        if (args.is(index, "RIGHT")) {
            return TAIL;
        }
        throw Errors.syntax();
    }
}

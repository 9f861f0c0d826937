/** A plugin: one command, seeing nothing of the server but its API. */
module demo.hello {
    requires io.miniredis.api;

    provides io.miniredis.api.CommandHandler with
            demo.hello.Hello;
}

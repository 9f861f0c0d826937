package io.miniredis.protocol.resp;

import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;

/** A handler that is a future: for who would rather wait than be told. */
final class Outcome<V> extends CompletableFuture<V> implements CompletionHandler<V, Void> {
    @Override
    public void completed(V result, Void none) {
        complete(result);
    }

    @Override
    public void failed(Throwable e, Void none) {
        completeExceptionally(e);
    }
}

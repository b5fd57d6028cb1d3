package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Where none is configured.
final class NoRedis implements Redis {
    @Override
    public boolean isUp() {
        return false;
    }

    @Override
    public HealthPart.State state() {
        return HealthPart.State.DISABLED;
    }

    @Override
    public void subscribe(String channel, Consumer<byte[]> listener) {}

    @Override
    public void whenUp(Runnable listener) {}

    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
        return CompletableFuture.failedStage(new IllegalStateException("There is no Redis"));
    }
}

package dev.parley.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// News within this process.
@Component
class LocalSignals implements Signals {
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    @Override
    public void tell(String topic, String body) {
        listeners.getOrDefault(topic, List.of()).forEach(listener -> listener.accept(body));
    }

    @Override
    public void on(String topic, Consumer<String> listener) {
        listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /// Nothing is missed within a process.
    @Override
    public void onGap(Runnable listener) {}
}

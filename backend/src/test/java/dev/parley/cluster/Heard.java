package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What a listener of a node's has been told.
final class Heard {
    static final String TOPIC = "chat.changed";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final Semaphore gaps = new Semaphore(0);

    static Heard by(Signals signals) {
        Heard heard = new Heard();
        signals.on(TOPIC, heard.news::add);
        signals.onGap(heard.gaps::release);
        return heard;
    }

    String next() throws InterruptedException {
        String next = news.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("news").isNotNull();
        return String.valueOf(next);
    }

    void awaitGap() throws InterruptedException {
        assertThat(gaps.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("a gap")
                .isTrue();
    }
}

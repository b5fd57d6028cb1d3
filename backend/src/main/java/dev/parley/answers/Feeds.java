package dev.parley.answers;

import dev.parley.answers.Event.Placed;
import dev.parley.cluster.Redis;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells other nodes through Redis what this node's answers get: only what somebody there follows, and only while he
/// says so. A follower is a place in the log, as every listener is, so nothing queues up for one that is slow, and
/// what was lost on the way is told again to who asks for it.
///
/// One thread tells all: the first news goes at once, and what comes in the next moment goes together.
@Component
class Feeds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Feeds.class);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// Followers say each second that they still are.
    private static final Duration INTEREST = Duration.ofSeconds(5);

    private static final int LARGEST_MESSAGE = 64 * 1024;
    private static final int MOST_UNDER_WAY = 8;

    private final Redis redis;
    private final RunningAnswers running;
    private final Map<Key, Feed> feeds = new ConcurrentHashMap<>();
    private final BlockingQueue<Feed> due = new LinkedBlockingQueue<>();
    private final Deque<CompletableFuture<Long>> underWay = new ArrayDeque<>();
    private @Nullable Thread thread;
    private volatile boolean closed;

    Feeds(Redis redis, RunningAnswers running) {
        this.redis = redis;
        this.running = running;
        redis.subscribe(Wanted.CHANNEL, message -> hear(Wanted.of(message)));
    }

    private record Key(UUID answer, UUID follower) {}

    /// An answer of this node on its way to another.
    private final class Feed implements Runnable {
        private final Key key;
        private final AnswerLog answer;
        private final AtomicBoolean waits = new AtomicBoolean();
        private volatile long until;
        private long told;
        private boolean greets;

        Feed(Key key, AnswerLog answer) {
            this.key = key;
            this.answer = answer;
        }

        /// The log has grown. Takes no lock: whoever tells so may hold the log's.
        @Override
        public void run() {
            if (waits.compareAndSet(false, true)) {
                due.add(this);
            }
        }

        synchronized void goBackTo(long after) {
            told = after;
            greets = true;
        }

        /// What is to be told now.
        synchronized List<Fed> next() {
            waits.set(false);
            List<Fed> stretches = new ArrayList<>(1);
            long place = told;
            boolean over = false;
            for (Placed placed : answer.known(told)) {
                if (placed.event() instanceof Event.Delta(var kind, var text)) {
                    long from = place(placed.id()) - text.length();
                    stretches.addAll(new Fed(key.answer, epoch(placed.id()), from, kind, text).pieces());
                }
                place = placed.id();
                over = placed.isLast();
            }
            if (greets && stretches.isEmpty() && !over) {
                stretches.add(new Fed(key.answer, epoch(place), place(place), Event.Kind.TEXT, ""));
            }
            greets = false;
            told = place;
            if (over) {
                forget(this); // the end itself is in the table
            }
            return stretches;
        }
    }

    private static int epoch(long id) {
        return (int) (id >>> 32);
    }

    private static long place(long id) {
        return id & 0xffffffffL;
    }

    @Override
    public void start() {
        closed = false;
        thread = Thread.ofPlatform().name("feeds").daemon().start(this::work);
    }

    @Override
    public void stop() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// There before the first request, and until the last one is answered.
    @Override
    public int getPhase() {
        return 0;
    }

    private void hear(Wanted wanted) {
        for (Wanted.Place place : wanted.places()) {
            AnswerRun run = running.find(place.answer());
            // Whoever has heard of a later writer than this one wants to hear from that.
            if (run != null && epoch(place.after()) <= run.run().epoch()) {
                follow(new Key(place.answer(), wanted.follower()), run.log(), place);
            }
        }
    }

    private void follow(Key key, AnswerLog answer, Wanted.Place place) {
        Feed known = feeds.get(key);
        Feed feed = known != null && known.answer == answer ? known : new Feed(key, answer);
        feed.until = System.nanoTime() + INTEREST.toNanos();
        if (feed == known && !place.anew()) {
            return;
        }
        feed.goBackTo(place.after());
        if (feed != known) {
            forget(known);
            feeds.put(key, feed);
            answer.watch(feed);
        }
        feed.run();
    }

    private void forget(@Nullable Feed feed) {
        if (feed != null) {
            feed.answer.unwatch(feed);
            feeds.remove(feed.key, feed);
        }
    }

    private void work() {
        List<Feed> now = new ArrayList<>();
        try {
            while (!closed) {
                Feed first = due.poll(INTEREST.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    now.add(first);
                    due.drainTo(now);
                    tell(now);
                    now.clear();
                    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                }
                forgetWhoLeft();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetWhoLeft() {
        long now = System.nanoTime();
        for (Feed feed : feeds.values()) {
            if (feed.until - now < 0) {
                forget(feed);
            }
        }
    }

    private void tell(List<Feed> news) throws InterruptedException {
        Map<UUID, Fed.Message> messages = new LinkedHashMap<>();
        for (Feed feed : news) {
            UUID follower = feed.key.follower;
            for (Fed stretch : feed.next()) {
                Fed.Message message = messages.computeIfAbsent(follower, _ -> new Fed.Message());
                message.add(stretch);
                if (message.size() >= LARGEST_MESSAGE) {
                    send(follower, message);
                    messages.remove(follower);
                }
            }
        }
        for (Map.Entry<UUID, Fed.Message> rest : messages.entrySet()) {
            send(rest.getKey(), rest.getValue());
        }
    }

    /// Waits while much is under way: the logs keep what is to be told meanwhile. What cannot be sent is asked for
    /// again by whoever misses it.
    private void send(UUID follower, Fed.Message message) throws InterruptedException {
        underWay.removeIf(CompletableFuture::isDone);
        while (underWay.size() >= MOST_UNDER_WAY) {
            try {
                underWay.remove().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                log.debug("Something did not reach a follower.", e);
                underWay.clear();
            }
        }
        underWay.add(redis.publish(Fed.channel(follower), message.bytes()).toCompletableFuture());
    }
}

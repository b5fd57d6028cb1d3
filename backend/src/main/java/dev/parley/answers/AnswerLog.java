package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.chats.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Everything that an answer's listeners are told, kept so that anyone can be told it from anywhere.
///
/// A position counts the UTF-16 units of text and reasoning, and one for any other event: the start stands at 1. So a
/// listener can come back in the middle of what was merged meanwhile, and the log in memory and the table in
/// PostgreSQL agree about every place. Text is kept once, merged; an event is cut out of it for whoever asks.
public final class AnswerLog {
    private static final long START = 1;

    /// Later than any epoch of an answer that is written.
    static final int AFTERWARDS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition over = lock.newCondition();
    private final Message question;
    private final Message answer;
    private final boolean lagging;
    private final List<Segment> segments = new ArrayList<>();
    private int epoch;
    private long position = START;
    private long saved = START;
    private long certain = Long.MAX_VALUE;
    private @Nullable Event end;
    private @Nullable Thinking thinking;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    private AnswerLog(Message question, Message answer, int epoch, boolean lagging) {
        this.question = question;
        this.answer = answer;
        this.epoch = epoch;
        this.lagging = lagging;
    }

    /// The log of who writes the answer: nothing is known that is not in it.
    static AnswerLog ofWriter(Message question, Message answer, int epoch) {
        return new AnswerLog(question, answer, epoch, false);
    }

    /// The log of who follows another node's answer: a listener may have come further elsewhere, and then waits.
    static AnswerLog ofFollower(Message question, Message answer, int epoch) {
        return new AnswerLog(question, answer, epoch, true);
    }

    public Message question() {
        return question;
    }

    public Message answer() {
        return answer;
    }

    /// Whoever joins from now on is told how long the model has thought by then.
    void times(Thinking its) {
        lock.lock();
        try {
            thinking = its;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a piece and wakes the listeners. Ignored after the end.
    ///
    /// @param text never ends inside a surrogate pair
    void append(Kind kind, String text) {
        lock.lock();
        try {
            if (end != null || text.isEmpty()) {
                return;
            }
            if (segments.isEmpty() || segments.getLast().kind != kind) {
                segments.add(new Segment(kind, position));
            }
            segments.getLast().text.append(text);
            position += text.length();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        watchers.forEach(Runnable::run);
    }

    /// Adds what another node wrote, as far as it is new here: table and Redis bring the same, each at its own pace.
    /// What stands at a place of an epoch is the same wherever it is, so it does not matter who brings it.
    ///
    /// @param from the position before it
    /// @return false when something before it is missing
    boolean extend(int ofEpoch, long from, Kind kind, String text) {
        lock.lock();
        try {
            if (ofEpoch < epoch || end != null) {
                return true;
            }
            if (from > (ofEpoch > epoch ? START : position)) {
                return false;
            }
            restart(ofEpoch);
            int known = (int) (position - from);
            if (known < text.length()) {
                append(kind, text.substring(known));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends with what is stored, which is not what stands here if a writer was lost who had told more than he saved.
    ///
    /// @param endEpoch under which the answer ended
    void conclude(int endEpoch, String reasoning, String text, Event last) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            restart(endEpoch);
            if (!reasoning.startsWith(text(Kind.REASONING)) || !text.startsWith(text(Kind.TEXT))) {
                restart(epoch + 1);
            }
            certain = position;
            append(Kind.REASONING, reasoning.substring(text(Kind.REASONING).length()));
            append(Kind.TEXT, text.substring(text(Kind.TEXT).length()));
            end(last);
        } finally {
            lock.unlock();
        }
    }

    /// Tells the listeners that it is over. The first end counts.
    void end(Event last) {
        lock.lock();
        try {
            if (end == null) {
                end = last;
                position++;
                grown.signalAll();
                over.signalAll();
            }
        } finally {
            lock.unlock();
        }
        watchers.forEach(Runnable::run);
    }

    /// Begins anew under a later epoch: who has read before is told so. An epoch that is not later is old news.
    void restart(int nextEpoch) {
        lock.lock();
        try {
            if (nextEpoch <= epoch) {
                return;
            }
            epoch = nextEpoch;
            segments.clear();
            position = START;
            saved = START;
            end = null;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What follows an event, waiting for it if need be.
    ///
    /// @param after the id of the last event that was seen, 0 for none; when it is no place in this log as it is
    ///     now, the answer is told again after a [Event.Reset]
    /// @param called ends the wait without an event; whoever makes it true calls [#nudge] then. Time does not: that
    ///     would arm and disarm a timer for each token of each listener
    /// @return empty when the listener was called; the end again for who has seen it
    public List<Placed> next(long after, BooleanSupplier called) throws InterruptedException {
        lock.lock();
        try {
            while (isUpToDate(after) && end == null && !called.getAsBoolean()) {
                grown.await();
            }
            return isUpToDate(after) && end == null ? List.of() : since(after);
        } finally {
            lock.unlock();
        }
    }

    /// What follows an event and is there.
    List<Placed> known(long after) {
        lock.lock();
        try {
            return isUpToDate(after) && end == null ? List.of() : since(after);
        } finally {
            lock.unlock();
        }
    }

    /// @param watcher called after each change on the thread that makes it, which it must not hold up
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /// Lets every listener look at its own circumstances.
    public void nudge() {
        lock.lock();
        try {
            grown.signalAll();
            over.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Event awaitEnd(Duration patience) throws InterruptedException {
        return awaitEnd(patience, () -> false);
    }

    /// Waits for the end.
    ///
    /// @param called as in [#next]
    /// @return null when it does not come in time, or the listener was called
    @Nullable
    Event awaitEnd(Duration patience, BooleanSupplier called) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (end == null && left > 0 && !called.getAsBoolean()) {
                left = over.awaitNanos(left);
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /// All text of a kind so far.
    String text(Kind kind) {
        lock.lock();
        try {
            StringBuilder all = new StringBuilder();
            for (Segment segment : segments) {
                if (segment.kind == kind) {
                    all.append(segment.text);
                }
            }
            return all.toString();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        return position() == START;
    }

    boolean isEnded() {
        lock.lock();
        try {
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    int epoch() {
        lock.lock();
        try {
            return epoch;
        } finally {
            lock.unlock();
        }
    }

    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /// The place that it has come to.
    long id() {
        lock.lock();
        try {
            return id(position);
        } finally {
            lock.unlock();
        }
    }

    /// A stretch of text that the table does not have yet.
    ///
    /// @param position of what stands before it
    record Unsaved(int epoch, long position, Kind kind, String text) {
        long end() {
            return position + text.length();
        }
    }

    List<Unsaved> unsaved() {
        lock.lock();
        try {
            List<Unsaved> stretches = new ArrayList<>(1);
            for (Segment segment : segments) {
                if (segment.end() > saved) {
                    long from = Math.max(saved, segment.from);
                    stretches.add(new Unsaved(epoch, from, segment.kind, segment.since(from)));
                }
            }
            return stretches;
        } finally {
            lock.unlock();
        }
    }

    void saved(int ofEpoch, long upTo) {
        lock.lock();
        try {
            if (ofEpoch == epoch) {
                saved = Math.max(saved, upTo);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isUpToDate(long after) {
        return after == id(position) || (lagging && end == null && after > id(position) && after >>> 32 == epoch);
    }

    private List<Placed> since(long after) {
        List<Placed> events = new ArrayList<>(2);
        int told = epoch;
        long at = after & 0xffffffffL;
        if (after == 0) {
            events.add(new Placed(id(told, START), new Event.Start(question, timed())));
            at = START;
        } else if (after >>> 32 != epoch || at < START || at > position || isUncertain(at) || isInsidePair(at)) {
            told = epochOfReset(after);
            events.add(new Placed(id(told, START), new Event.Reset()));
            at = START;
        }
        for (Segment segment : segments) {
            if (segment.end() > at) {
                String text = segment.since(Math.max(at, segment.from));
                events.add(new Placed(id(told, segment.end()), new Event.Delta(segment.kind, text)));
            }
        }
        if (end != null) {
            events.add(new Placed(id(told, position), end));
        }
        return events;
    }

    private Message timed() {
        Duration taken = thinking == null ? null : thinking.taken();
        return taken == null ? answer : answer.thoughtFor(taken);
    }

    /// Ids never go back: who is told everything again when all is known hears it under a later epoch than he saw.
    private int epochOfReset(long after) {
        return end == null || after < id(START) ? epoch : AFTERWARDS;
    }

    /// Who follows knows only how the writer's text went on, in the end, and not whether a listener who was further
    /// than this log had read the same.
    private boolean isUncertain(long at) {
        return lagging && end != null && at > certain;
    }

    private boolean isInsidePair(long at) {
        for (Segment segment : segments) {
            int index = (int) (at - segment.from);
            if (index > 0 && index < segment.text.length()) {
                return Character.isLowSurrogate(segment.text.charAt(index))
                        && Character.isHighSurrogate(segment.text.charAt(index - 1));
            }
        }
        return false;
    }

    private long id(long place) {
        return id(epoch, place);
    }

    private static long id(int ofEpoch, long place) {
        return ((long) ofEpoch << 32) + place;
    }

    private static final class Segment {
        private final Kind kind;
        private final long from;
        private final StringBuilder text = new StringBuilder();

        Segment(Kind kind, long from) {
            this.kind = kind;
            this.from = from;
        }

        long end() {
            return from + text.length();
        }

        String since(long place) {
            return text.substring((int) (place - from));
        }
    }
}

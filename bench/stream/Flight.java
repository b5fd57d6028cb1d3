import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// Sorts a recording's samples of processor time by what Parley was doing, and names the frames that were on top.
final class Flight {
    private record Work(String name, Predicate<String> marks) {}

    /// The first whose mark is anywhere on the stack.
    private static final List<Work> WORKS = List.of(
            new Work("provider: JSON of a token", frame -> frame.startsWith("dev.parley.models.ChunkReader.")),
            new Work("provider: reading the socket", frame -> frame.startsWith("dev.parley.models.Exchange$Watched.")),
            new Work("provider: events out of bytes", frame -> frame.startsWith("dev.parley.models.EventStream.")),
            new Work("provider: rest", frame -> frame.startsWith("dev.parley.models.")),
            new Work("log: appending and waking", frame -> frame.equals("dev.parley.answers.AnswerLog.append")),
            new Work("log: waiting and cutting out", frame -> frame.equals("dev.parley.answers.AnswerLog.next")),
            new Work("listener: flushing to the socket", frame -> frame.equals("dev.parley.answers.EventStream.flush")),
            new Work("listener: writing an event", frame -> frame.startsWith("dev.parley.answers.EventStream.")),
            new Work("checkpoint", frame -> frame.startsWith("dev.parley.answers.Checkpointer.")),
            new Work("the end of an answer", frame -> frame.startsWith("dev.parley.answers.Endings.")),
            new Work("the request before its answer", frame -> frame.startsWith("dev.parley.answers.MessageController.")),
            new Work("poller of sockets", frame -> frame.startsWith("sun.nio.ch.Poller.") || frame.startsWith("sun.nio.ch.EPollPoller.")),
            new Work("Jetty: selecting", frame -> frame.startsWith("org.eclipse.jetty.io.ManagedSelector")),
            new Work("Jetty: rest of a request", frame -> frame.startsWith("org.eclipse.jetty.")),
            new Work("virtual threads: switching", frame -> frame.startsWith("java.lang.VirtualThread.")
                    || frame.startsWith("java.util.concurrent.ForkJoin")));

    private Flight() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, Integer> works = new HashMap<>();
        Map<String, Integer> tops = new HashMap<>();
        int all = 0;
        try (RecordingFile recording = new RecordingFile(Path.of(arguments[0]))) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.CPUTimeSample")) {
                    all++;
                    List<String> frames = frames(event.getStackTrace());
                    String work = work(frames);
                    works.merge(work, 1, Integer::sum);
                    tops.merge((frames.isEmpty() ? "no frame" : frames.getFirst()) + " | " + work, 1, Integer::sum);
                }
            }
        }
        System.out.println("Of " + all + " samples of its Java threads' processor time:\n");
        print("what was being done", "--- ", works, all, Integer.MAX_VALUE);
        print("the frame on top | in", "--- | --- ", tops, all, 25);
    }

    private static List<String> frames(RecordedStackTrace trace) {
        return trace == null ? List.of() : trace.getFrames().stream().map(Flight::name).toList();
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String work(List<String> frames) {
        return WORKS.stream()
                .filter(work -> frames.stream().anyMatch(work.marks()))
                .map(Work::name)
                .findFirst()
                .orElse("other");
    }

    private static void print(String title, String line, Map<String, Integer> counts, int all, int most) {
        System.out.println("| " + title + " | share |\n| " + line + "| --- |");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry -> System.out.printf("| %s | %.1f %% |%n", entry.getKey(), 100.0 * entry.getValue() / all));
        System.out.println();
    }
}

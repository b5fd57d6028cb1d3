import dev.parley.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Sends pieces of 200 answers from one connection to another through a Redis of its own, and says what a piece costs.
public final class Compare {
    private static final int ANSWERS = 200;
    private static final int WARM_UP_S = 5;
    /// An answer's id, epoch, position, kind and length, and a word.
    private static final int SIZE = 29 + 8;

    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final RedisClient client;
    private final RedisAsyncCommands<String, byte[]> out;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final long[] delays = new long[4_000_000];
    private volatile int arrived;

    private Compare(String url) {
        client = RedisClient.create(url);
        out = client.connect(CODEC).async();
    }

    public static void main(String[] arguments) throws Exception {
        String way = arguments[0];
        int rate = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        try (RedisServer server = RedisServer.start()) {
            new Compare(server.url()).measure(server, way, rate, seconds);
        }
        System.exit(0);
    }

    private void measure(RedisServer server, String way, int rate, int seconds) throws Exception {
        boolean each = way.endsWith("each");
        boolean streams = way.startsWith("stream");
        if (streams) {
            readStreams(each);
        } else {
            subscribe(each);
        }
        if (!each) {
            Thread.ofPlatform().daemon().start(() -> gather(streams));
        }
        produce(streams, each, rate, WARM_UP_S);
        settle();
        double redisBefore = redisSeconds(server);
        long ownBefore = ownNanos();
        int from = arrived;
        produce(streams, each, rate, seconds);
        settle();
        int pieces = arrived - from;
        long[] measured = Arrays.copyOfRange(delays, from, arrived);
        Arrays.sort(measured);
        System.out.printf(
                "%-17s %6d pieces/s   arrived %5.1f %%   Redis %5.1f µs   both nodes %5.1f µs a piece"
                        + "   delay p50 %.1f ms, p99 %.1f ms%n",
                way,
                rate,
                100.0 * pieces / ((long) rate * seconds),
                (redisSeconds(server) - redisBefore) * 1e6 / pieces,
                (ownNanos() - ownBefore) / 1e3 / pieces,
                measured[pieces / 2] / 1e6,
                measured[(int) (pieces * 0.99)] / 1e6);
    }

    private void produce(boolean streams, boolean each, int rate, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        long total = (long) rate * seconds;
        for (long sent = 0; sent < total; sent++) {
            long due = begin + sent * 1_000_000_000L / rate;
            if (due - System.nanoTime() > 1_000_000) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            byte[] piece = new byte[SIZE];
            ByteBuffer.wrap(piece).putLong(System.nanoTime());
            int answer = (int) (sent % ANSWERS);
            if (!each) {
                waiting.add(piece);
            } else if (streams) {
                add("answer:" + answer, piece);
            } else {
                out.publish("answer:" + answer, piece);
            }
        }
    }

    private void gather(boolean streams) {
        List<byte[]> pieces = new ArrayList<>();
        try {
            while (true) {
                pieces.add(waiting.take());
                waiting.drainTo(pieces);
                ByteArrayOutputStream message = new ByteArrayOutputStream();
                pieces.forEach(message::writeBytes);
                pieces.clear();
                if (streams) {
                    add("node", message.toByteArray());
                } else {
                    out.publish("node", message.toByteArray());
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(String stream, byte[] value) {
        out.xadd(stream, new XAddArgs().maxlen(500).approximateTrimming(), Map.of("p", value));
    }

    private void subscribe(boolean each) {
        StatefulRedisPubSubConnection<String, byte[]> in = client.connectPubSub(CODEC);
        in.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] message) {
                hear(message);
            }
        });
        in.sync().subscribe(names(each));
    }

    private void readStreams(boolean each) {
        RedisCommands<String, byte[]> in = client.connect(CODEC).sync();
        Map<String, String> places = new HashMap<>();
        for (String name : names(each)) {
            places.put(name, "0-0");
        }
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                @SuppressWarnings({"unchecked", "rawtypes"})
                StreamOffset<String>[] offsets = places.entrySet().stream()
                        .map(place -> StreamOffset.from(place.getKey(), place.getValue()))
                        .toArray(StreamOffset[]::new);
                for (StreamMessage<String, byte[]> message :
                        in.xread(XReadArgs.Builder.block(1_000).count(500), offsets)) {
                    places.put(message.getStream(), message.getId());
                    hear(message.getBody().get("p"));
                }
            }
        });
    }

    private static String[] names(boolean each) {
        if (!each) {
            return new String[] {"node"};
        }
        String[] names = new String[ANSWERS];
        Arrays.setAll(names, answer -> "answer:" + answer);
        return names;
    }

    private void hear(byte[] message) {
        long now = System.nanoTime();
        int known = arrived;
        for (int at = 0; at < message.length; at += SIZE) {
            delays[known++] = now - ByteBuffer.wrap(message, at, SIZE).getLong();
        }
        arrived = known;
    }

    private void settle() throws InterruptedException {
        int before = -1;
        while (before != arrived) {
            before = arrived;
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static long ownNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double redisSeconds(RedisServer server) {
        return server.ask("INFO cpu")
                .lines()
                .filter(line -> line.matches("used_cpu_(user|sys):.*"))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".*:", "").strip()))
                .sum();
    }
}

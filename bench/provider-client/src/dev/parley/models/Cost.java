package dev.parley.models;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What one client costs: processor time of this process for each token, parsed. The server is another process.
final class Cost {
    private static final int WARM_UP = 8;
    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cost() {}

    public static void main(String[] args) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + args[0] + "/" + args[3]);
        Clients client = Clients.named(args[1]);
        int streams = Integer.parseInt(args[2]);
        LongAdder tokens = new LongAdder();
        for (int i = 0; i < streams; i++) {
            Thread.ofVirtual().start(() -> read(client, address, tokens));
        }
        TimeUnit.SECONDS.sleep(WARM_UP);
        long cpu = MACHINE.getProcessCpuTime();
        long before = tokens.sum();
        int seconds = Integer.parseInt(args[4]);
        TimeUnit.SECONDS.sleep(seconds);
        double spent = (MACHINE.getProcessCpuTime() - cpu) / 1_000.0;
        long read = tokens.sum() - before;
        System.gc();
        Runtime heap = Runtime.getRuntime();
        System.out.printf(
                "%-14s %5d streams  %6d tokens/s  %6.1f us/token  %4d KB heap/stream%n",
                args[1], streams, read / seconds, spent / read, (heap.totalMemory() - heap.freeMemory()) / 1024 / streams);
        System.exit(0);
    }

    private static void read(Clients client, URI address, LongAdder tokens) {
        try {
            EventStream events = new EventStream(client.call(address).body(), 1 << 20);
            while (events.next()) {
                if (ChunkReader.read(events.data(), events.length()).text() != null) {
                    tokens.increment();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The stream broke", e);
        }
    }
}

package dev.parley.models;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// How each client behaves where costs are not all: ended by another thread before and during an answer, and with a
/// connection that dies under a second question.
final class Behaviour {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Behaviour() {}

    public static void main(String[] args) throws Exception {
        for (String name : List.of("urlconnection", "jdk", "apache", "jetty")) {
            Clients client = Clients.named(name);
            System.out.printf("%-14s ended before the answer: %s%n", name, ended(client, false));
            System.out.printf("%-14s ended during the answer: %s%n", name, ended(client, true));
            System.out.printf("%-14s connection dies under a second question: %s%n", name, asked(client));
        }
        System.exit(0);
    }

    private static String ended(Clients client, boolean begun) throws Exception {
        CompletableFuture<Long> hungUp = new CompletableFuture<>();
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            THREADS.submit(() -> {
                Socket socket = server.accept();
                InputStream in = new BufferedInputStream(socket.getInputStream());
                BenchServer.request(in);
                if (begun) {
                    socket.getOutputStream().write(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n".getBytes(US_ASCII));
                }
                waiting.complete(null);
                try {
                    in.read();
                } catch (IOException e) {
                    // A reset is an end, too.
                }
                return hungUp.complete(System.nanoTime());
            });
            Clients.Call call = client.call(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x"));
            Future<Long> reader = THREADS.submit(() -> {
                try {
                    InputStream body = call.body();
                    while (body.read() >= 0) {}
                } catch (Exception e) {
                    // What it was told.
                }
                return System.nanoTime();
            });
            waiting.join();
            TimeUnit.MILLISECONDS.sleep(300);
            long start = System.nanoTime();
            Future<?> ending = THREADS.submit(() -> {
                call.end();
                return null;
            });
            return "end() returns " + after(start, ending) + ", the reader " + after(start, reader)
                    + ", the server sees it " + after(start, hungUp);
        }
    }

    private static String after(long start, Future<?> event) throws Exception {
        try {
            event.get(3, TimeUnit.SECONDS);
            return "after " + (System.nanoTime() - start) / 1_000_000 + " ms";
        } catch (TimeoutException e) {
            return "not in 3 s";
        } catch (ExecutionException e) {
            return "with " + e.getCause().getClass().getSimpleName();
        }
    }

    private static String asked(Clients client) throws Exception {
        AtomicInteger questions = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            THREADS.submit(() -> {
                while (true) {
                    Socket socket = server.accept();
                    THREADS.submit(() -> {
                        InputStream in = new BufferedInputStream(socket.getInputStream());
                        for (int i = 0; i < 2; i++) {
                            BenchServer.request(in);
                            questions.incrementAndGet();
                            if (i == 0) {
                                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
                            }
                        }
                        socket.close();
                        return null;
                    });
                }
            });
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
            for (int i = 0; i < 2; i++) {
                try (InputStream body = client.call(address).body()) {
                    body.readAllBytes();
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (Exception e) {
                    return "fails with " + e.getClass().getSimpleName() + ", asked " + (questions.get() - 1) + " times";
                }
            }
            return "succeeds, asked " + (questions.get() - 1) + " times";
        }
    }
}

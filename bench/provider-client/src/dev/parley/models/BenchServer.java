package dev.parley.models;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// Streams the same delta forever, at the rate that the path names: `POST /20` is 20 a second.
final class BenchServer {
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] EVENT = chunk(
            "data: {\"id\":\"chatcmpl-9x8y7z6w5v4u3t2s1r0q\",\"object\":\"chat.completion.chunk\",\"created\":1780000000,"
                    + "\"model\":\"gpt-4o-2024-08-06\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_abcdef1234\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"logprobs\":null,"
                    + "\"finish_reason\":null}],\"usage\":null}\n\n");

    private BenchServer() {}

    public static void main(String[] args) throws IOException {
        ServerSocket server =
                new ServerSocket(Integer.parseInt(args[0]), 4_096, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        while (true) {
            Socket socket = server.accept();
            Thread.ofVirtual().start(() -> stream(socket));
        }
    }

    private static void stream(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            String path = request(new BufferedInputStream(socket.getInputStream()));
            long period = 1_000_000_000L / Integer.parseInt(path.substring(1));
            OutputStream out = socket.getOutputStream();
            out.write(HEAD);
            long due = System.nanoTime() + ThreadLocalRandom.current().nextLong(period);
            while (true) {
                LockSupport.parkNanos(due - System.nanoTime());
                out.write(EVENT);
                due += period;
            }
        } catch (IOException e) {
            // The client has seen enough.
        }
    }

    static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("No request");
            }
            head.append((char) b);
        }
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase().startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.readNBytes(length);
        return head.toString().split(" ")[1];
    }

    private static byte[] chunk(String event) {
        return (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(US_ASCII);
    }
}

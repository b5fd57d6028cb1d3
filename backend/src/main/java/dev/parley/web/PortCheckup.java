package dev.parley.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.shared.Checkup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;

/// Whether the ports are ours to take, and lead here under the name that people use.
class PortCheckup implements Checkup {
    private static final int PATIENCE_MS = 3_000;
    private static final int LONGEST = 1 << 20;

    private final int port;
    private final String managementPort;
    private final String managementAddress;
    private final String publicUrl;
    private final String sameSite;
    private final WebProperties properties;

    PortCheckup(
            @Value("${PORT}") int port,
            @Value("${PARLEY_MANAGEMENT_PORT:}") String managementPort,
            @Value("${PARLEY_MANAGEMENT_ADDRESS}") String managementAddress,
            @Value("${PARLEY_PUBLIC_URL:}") String publicUrl,
            @Value("${PARLEY_COOKIE_SAMESITE}") String sameSite,
            WebProperties properties) {
        this.port = port;
        this.managementPort = managementPort;
        this.managementAddress = managementAddress;
        this.publicUrl = publicUrl;
        this.sameSite = sameSite;
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(port(
                "port", new InetSocketAddress(port), "/health/live", List.of("x-request-id", "\"success\""), "PORT"));
        if (managementPort.isEmpty()) {
            findings.add(Finding.off("metrics", "PARLEY_MANAGEMENT_PORT is not set: nothing is measured."));
        } else {
            findings.add(port(
                    "metrics",
                    new InetSocketAddress(managementAddress, Integer.parseInt(managementPort)),
                    "/metrics",
                    List.of("parley_info"),
                    "PARLEY_MANAGEMENT_PORT"));
        }
        if (!publicUrl.isEmpty()) {
            findings.add(name());
        }
        return findings;
    }

    /// @param signs what a Parley that runs already says at this path
    private static Finding port(
            String about, InetSocketAddress address, String path, List<String> signs, String variable) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Finding.ok(about, "Port " + address.getPort() + " is free.");
        } catch (IOException e) {
            if (answers(address, path, signs)) {
                return Finding.ok(about, "Parley runs on port " + address.getPort() + ".");
            }
            return Finding.broken(
                    about,
                    "Port " + address.getPort() + " cannot be used (" + e.getMessage()
                            + "); stop what listens there, or set " + variable + " to another one.");
        }
    }

    private static boolean answers(InetSocketAddress address, String path, List<String> signs) {
        InetAddress host = address.getAddress();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            host == null || host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
                            address.getPort()),
                    PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readNBytes(LONGEST), UTF_8).toLowerCase(Locale.ROOT);
            return signs.stream().allMatch(answer::contains);
        } catch (IOException e) {
            return false;
        }
    }

    private Finding name() {
        URI address = URI.create(publicUrl);
        if (!HostFilter.allows(properties.allowedHosts(), address.getHost().toLowerCase(Locale.ROOT))) {
            return Finding.broken(
                    "address",
                    "PARLEY_PUBLIC_URL names " + address.getHost()
                            + ", which ALLOWED_HOSTS does not let in; add it there.");
        }
        if (sameSite.equals("none") && !"https".equals(address.getScheme())) {
            return Finding.broken(
                    "address",
                    "PARLEY_COOKIE_SAMESITE is none, and browsers keep such cookies on https alone; put a proxy with TLS "
                            + "in front and let PARLEY_PUBLIC_URL begin with https.");
        }
        return Finding.ok("address", "People open " + publicUrl + ".");
    }
}

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

/// Whether the port is ours to take, and leads here under the name that people use.
class PortCheckup implements Checkup {
    private static final int PATIENCE_MS = 3_000;

    private final int port;
    private final String publicUrl;
    private final String sameSite;
    private final WebProperties properties;

    PortCheckup(
            @Value("${PORT}") int port,
            @Value("${PARLEY_PUBLIC_URL:}") String publicUrl,
            @Value("${PARLEY_COOKIE_SAMESITE}") String sameSite,
            WebProperties properties) {
        this.port = port;
        this.publicUrl = publicUrl;
        this.sameSite = sameSite;
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(port());
        if (!publicUrl.isEmpty()) {
            findings.add(name());
        }
        return findings;
    }

    private Finding port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return Finding.ok("port", "Port " + port + " is free.");
        } catch (IOException e) {
            if (answersAsParley()) {
                return Finding.ok("port", "Parley runs on port " + port + ".");
            }
            return Finding.broken(
                    "port",
                    "Port " + port + " cannot be used (" + e.getMessage()
                            + "); stop what listens there, or set PORT to another one.");
        }
    }

    private boolean answersAsParley() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write("GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readNBytes(4_096), UTF_8);
            return answer.toLowerCase(Locale.ROOT).contains("x-request-id") && answer.contains("\"success\"");
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

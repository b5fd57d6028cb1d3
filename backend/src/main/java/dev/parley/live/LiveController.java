package dev.parley.live;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee11.websocket.server.JettyWebSocketServerContainer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Where a request becomes a connection. Sign-in has looked at its cookie and at the page that it comes from already.
@Hidden
@Controller
class LiveController {
    private final Connections connections;
    private final LiveProperties properties;

    LiveController(Connections connections, LiveProperties properties) {
        this.connections = connections;
        this.properties = properties;
    }

    @GetMapping("/ws")
    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw notAnUpgrade();
        }
        String name = Requests.id(request);
        Entry entry = entry(request);
        JettyWebSocketServerContainer container =
                JettyWebSocketServerContainer.getContainer(request.getServletContext());
        boolean upgraded = container.upgrade(
                (_, answer) -> {
                    // A compressor a connection costs more memory than all else, and saves little where frames are
                    // small.
                    answer.setExtensions(List.of());
                    return new JettyLine(line -> connections.open(name, line, entry), properties);
                },
                request,
                response);
        if (!upgraded) {
            throw notAnUpgrade();
        }
    }

    private static Entry entry(HttpServletRequest request) {
        Caller caller = Requests.caller();
        if (caller != null) {
            return Entry.of(caller);
        }
        ParleyException refusal = Requests.refusal(request);
        // A browser says whose page it is, and has nothing else to offer; a program may still send a token.
        boolean isAll = request.getHeader("Origin") != null || request.getHeader("Authorization") != null;
        return refusal != null && isAll ? new Entry.Refused(refusal) : new Entry.Unknown();
    }

    private static ParleyException notAnUpgrade() {
        return new ParleyException(
                CommonError.MALFORMED_REQUEST, "This address speaks WebSocket only: ask for an upgrade.");
    }
}

package dev.parley.web;

import dev.parley.shared.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/// Writes what the API answers. What a GET reads is rendered once and named by its content (`ETag`); who has it already
/// is told so, with 304 and no body. Streams and files are no envelopes and pass by.
@Component
class EnvelopeConverter extends AbstractHttpMessageConverter<Envelope<?>> {
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final int TAG_BYTES = 16;

    private final JsonMapper json;

    EnvelopeConverter(JsonMapper json) {
        super(MediaType.APPLICATION_JSON);
        this.json = json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Envelope.class;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType media) {
        return false;
    }

    @Override
    protected Envelope<?> readInternal(Class<? extends Envelope<?>> type, HttpInputMessage input) {
        throw new UnsupportedOperationException("Envelopes are only written.");
    }

    @Override
    protected void writeInternal(Envelope<?> envelope, HttpOutputMessage output) throws IOException {
        byte[] body = json.writeValueAsBytes(envelope);
        if (!isKnown(body)) {
            output.getHeaders().setContentLength(body.length);
            output.getBody().write(body);
        }
    }

    /// Whether the client says that it has this body. If so, the status is 304 from now on.
    private static boolean isKnown(byte[] body) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
                || attributes.getResponse() == null) {
            return false;
        }
        HttpServletRequest request = attributes.getRequest();
        HttpServletResponse response = attributes.getResponse();
        if (!READS.contains(request.getMethod())
                || response.getStatus() != HttpServletResponse.SC_OK
                || !Requests.path(request).startsWith("/api/")) {
            return false;
        }
        // A browser may keep it for this person, and asks each time whether it still holds.
        response.setHeader("Cache-Control", "private, no-cache");
        return new ServletWebRequest(request, response).checkNotModified(tag(body));
    }

    /// A weak one: on its way the same body may be compressed.
    private static String tag(byte[] body) {
        byte[] digest = Arrays.copyOf(Sha256.of(body), TAG_BYTES);
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "\"";
    }
}

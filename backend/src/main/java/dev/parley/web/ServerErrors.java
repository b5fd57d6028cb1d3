package dev.parley.web;

import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the server refuses before the application hears of it, such as an address that could be read in two ways.
class ServerErrors extends ErrorHandler {
    private final JsonMapper json;

    ServerErrors(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ErrorAnswer answer = ErrorAnswer.of(
                String.valueOf(request.getHttpURI().getPath()),
                new ParleyException(ErrorAdvice.codeOf(status), ErrorAdvice.sentenceOf(status)));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (!response.getHeaders().contains(Requests.ID_HEADER)) {
            response.getHeaders().put(Requests.ID_HEADER, Ids.next().toString());
        }
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(answer.body())), callback);
    }
}

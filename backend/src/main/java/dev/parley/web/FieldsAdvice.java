package dev.parley.web;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `?fields=id,title`: a GET's objects carry these fields only.
@RestControllerAdvice
class FieldsAdvice implements ResponseBodyAdvice<Object> {
    private final JsonMapper json;

    FieldsAdvice(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return returned.getParameterType() == Envelope.class;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (!(request instanceof ServletServerHttpRequest http)
                || !http.getServletRequest().getMethod().equals("GET")
                || !(body instanceof Envelope<?> envelope)) {
            return body;
        }
        String wanted = http.getServletRequest().getParameter("fields");
        if (wanted == null || wanted.isBlank()) {
            return body;
        }
        Set<String> names =
                Arrays.stream(wanted.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return new Envelope<>(true, only(json.valueToTree(envelope.data()), names), envelope.message());
    }

    private static JsonNode only(JsonNode data, Set<String> names) {
        if (!(data instanceof ObjectNode object)) {
            return data;
        }
        if (!object.has("items")) {
            return object.retain(names);
        }
        for (JsonNode item : object.get("items")) {
            if (item instanceof ObjectNode row) {
                row.retain(names);
            }
        }
        return object;
    }
}

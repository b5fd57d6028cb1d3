package dev.parley.traces;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param endpoint of an OpenTelemetry collector that speaks HTTP; empty: nothing is traced
/// @param headers `name=value`, percent-encoded, sent with all traces
/// @param service whom the traces are of
/// @param share of all traces that is sent, from 0 to 1
/// @param parent whose traces go on here
@ConfigurationProperties("parley.traces")
record TracesProperties(
        @DefaultValue("") String endpoint,
        @DefaultValue List<String> headers,
        @DefaultValue("parley") String service,
        @DefaultValue("1") double share,
        @DefaultValue("none") Parent parent) {
    enum Parent {
        NONE,
        PROXIES
    }

    boolean on() {
        return !endpoint.isEmpty();
    }

    /// As OpenTelemetry has it: the endpoint is that of all signals.
    String address() {
        return endpoint + "/v1/traces";
    }

    Map<String, String> headerValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String header : headers) {
            int sign = header.indexOf('=');
            // A plus sign is one; a form's would be a blank.
            String value = header.substring(sign + 1).strip().replace("+", "%2B");
            values.put(header.substring(0, sign).strip(), URLDecoder.decode(value, UTF_8));
        }
        return values;
    }

    /// The headers stay out of logs.
    @Override
    public String toString() {
        return "TracesProperties[" + endpoint + "]";
    }
}

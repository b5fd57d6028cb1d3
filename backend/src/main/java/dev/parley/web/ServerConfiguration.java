package dev.parley.web;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
    private static final int SEND_BUFFER = 64 * 1024;

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> errorsInOneForm(JsonMapper json) {
        return factory -> factory.addServerCustomizers(server -> server.setErrorHandler(new ServerErrors(json)));
    }

    /// A listener that does not read may hold this much of an answer in its socket, and no more.
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> boundedListeners() {
        return factory -> factory.addServerCustomizers(server -> {
            for (var connector : server.getConnectors()) {
                if (connector instanceof ServerConnector tcp) {
                    tcp.setAcceptedSendBufferSize(SEND_BUFFER);
                    HttpConnectionFactory http = tcp.getConnectionFactory(HttpConnectionFactory.class);
                    http.getHttpConfiguration().setSendServerVersion(false);
                }
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> encodedSlashes() {
        return factory -> factory.addServerCustomizers(server -> {
            for (var connector : server.getConnectors()) {
                HttpConfiguration http = connector
                        .getConnectionFactory(HttpConnectionFactory.class)
                        .getHttpConfiguration();
                http.setUriCompliance(
                        http.getUriCompliance().with("slashes", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR));
            }
            server.insertHandler(new EncodedSlashes());
        });
    }
}

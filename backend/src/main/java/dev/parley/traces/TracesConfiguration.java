package dev.parley.traces;

import dev.parley.traces.TracesProperties.Parent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class TracesConfiguration {
    private static final int AFTER_THE_REQUESTS_NAME = 20;

    @Bean
    FilterRegistrationBean<RequestSpans> requestSpans(TracesProperties properties) {
        FilterRegistrationBean<RequestSpans> registration =
                new FilterRegistrationBean<>(new RequestSpans(properties.parent() == Parent.PROXIES));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + AFTER_THE_REQUESTS_NAME);
        registration.setEnabled(properties.on());
        return registration;
    }
}

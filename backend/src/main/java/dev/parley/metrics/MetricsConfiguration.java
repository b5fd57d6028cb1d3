package dev.parley.metrics;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    @Bean
    RequestMeters requestMeters() {
        return new RequestMeters();
    }

    /// Before sign-in and limits, whose refusals count as well.
    @Bean
    FilterRegistrationBean<RequestMeters> requestMetersFilter(RequestMeters filter, MetricsProperties properties) {
        FilterRegistrationBean<RequestMeters> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setEnabled(properties.on());
        return registration;
    }
}

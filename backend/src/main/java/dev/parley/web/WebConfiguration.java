package dev.parley.web;

import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The order of what stands before a controller. Sign-in (order -100) comes after all of it, so that its refusals
/// carry a request id and the headers too.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebConfiguration implements WebMvcConfigurer {
    private final EnvelopeConverter envelopes;

    WebConfiguration(EnvelopeConverter envelopes) {
        this.envelopes = envelopes;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(envelopes);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CurrentUserResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new StorableParameters());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(new JsonUnlessNamedOtherwise()));
    }

    /// Time as everybody in the application reads it: UTC, in the milliseconds that leave the server.
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    FilterRegistrationBean<Filter> forwardedFilter(WebProperties properties) {
        return first(0, new ForwardedFilter(properties.trustedProxies()));
    }

    @Bean
    FilterRegistrationBean<Filter> requestIdFilter() {
        return first(1, new RequestIdFilter());
    }

    @Bean
    FilterRegistrationBean<Filter> securityHeadersFilter(WebApp webApp) {
        return first(2, new SecurityHeadersFilter(webApp));
    }

    @Bean
    FilterRegistrationBean<Filter> hostFilter(WebProperties properties, ErrorWriter errors) {
        return first(3, new HostFilter(properties.allowedHosts(), errors));
    }

    @Bean
    FilterRegistrationBean<Filter> workerFilter(Roles roles, ErrorWriter errors) {
        FilterRegistrationBean<Filter> registration = first(4, new WorkerFilter(errors));
        registration.setEnabled(!roles.has(Role.WEB));
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> trailingSlashFilter() {
        return first(
                5, UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
    }

    @Bean
    FilterRegistrationBean<Filter> bodyLimitFilter(WebProperties properties, ErrorWriter errors) {
        return first(6, new BodyLimitFilter(properties.largestBody().toBytes(), errors));
    }

    private static FilterRegistrationBean<Filter> first(int place, Filter filter) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }
}

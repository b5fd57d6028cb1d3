package dev.parley.auth;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.cluster.RateLimits;
import dev.parley.cluster.Signals;
import dev.parley.database.Database;
import dev.parley.settings.Secrets;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import dev.parley.web.ErrorWriter;
import dev.parley.web.Requests;
import dev.parley.web.Scope;
import dev.parley.web.WebProperties;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/// What stands before the controllers: nothing is remembered between requests but what their tokens say.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String[] PUBLIC = {
        "/api/v1/auth/register",
        "/api/v1/auth/login",
        "/api/v1/auth/login/second-factor",
        "/api/v1/auth/oidc",
        "/api/v1/auth/oidc/complete",
        "/api/v1/auth/login/passkey",
        "/api/v1/auth/login/passkey/options",
        "/api/v1/auth/entrance",
        "/api/v1/auth/password/forgotten",
        "/api/v1/auth/password/reset",
        "/api/v1/auth/refresh",
        "/api/v1/auth/logout",
        "/api/v1/docs/**",
        "/api/v1/openapi.json"
    };

    private static final String PROGRAMS = "/v1/**";

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private static final Duration REVOCATIONS_EVERY = Duration.ofMillis(300);

    // Shorter than the time after which each request asks by itself.
    private static final Duration REVOCATIONS_PATIENCE = Duration.ofSeconds(1);

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            TokenAuthenticator authenticator,
            SignInLimits limits,
            OriginRule origins,
            Users users,
            WebProperties properties,
            AuthProperties auth,
            RateLimits rateLimits,
            ErrorWriter errors) {
        if (properties.rateLimits()) {
            http.addFilterAfter(
                    new RequestLimitFilter(
                            rateLimits.perMinuteHere("requests", RequestLimitFilter.PER_MINUTE),
                            auth.keyRequestsPerMinute() == 0
                                    ? null
                                    : rateLimits.perMinuteHere("requests-of-key", auth.keyRequestsPerMinute()),
                            rateLimits.perMinuteHere("requests-of-address", RequestLimitFilter.PER_MINUTE),
                            errors),
                    AnonymousAuthenticationFilter.class);
        }
        return http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilter(corsFilter(origins, errors))
                .addFilterBefore(new SignInFilter(authenticator, limits), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new OriginFilter(origins, errors), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(PUBLIC)
                        .permitAll()
                        .requestMatchers("/api/v1/admin/**")
                        .access(new OperatorsOnly(users))
                        .requestMatchers("/api/v1/auth/me")
                        .authenticated()
                        .requestMatchers("/api/v1/chats/**", "/api/v1/imports/**")
                        .access(having(Scope.CHATS))
                        .requestMatchers("/api/v1/models/**")
                        .access(having(Scope.MODELS))
                        .requestMatchers(PROGRAMS)
                        .access(keyHaving(Scope.MODELS))
                        .requestMatchers("/api/v1/memories/**")
                        .access(having(Scope.MEMORIES))
                        // What is not named above no key opens.
                        .requestMatchers("/api/**")
                        .access(having(Scope.ACCOUNT))
                        .anyRequest()
                        .permitAll())
                .exceptionHandling(failures -> failures.authenticationEntryPoint((request, response, _) ->
                                errors.write(request, response, SignInFilter.failure(request)))
                        .accessDeniedHandler(
                                (request, response, _) -> errors.write(request, response, denied(request))))
                .build();
    }

    private static ParleyException denied(HttpServletRequest request) {
        Caller caller = Requests.caller();
        if (caller != null
                && caller.may(Scope.ACCOUNT)
                && Requests.path(request).startsWith("/v1")) {
            return new ParleyException(
                    CommonError.UNAUTHENTICATED, "Programs ask here, with a personal API key as their Bearer token.");
        }
        return caller == null || caller.may(Scope.ACCOUNT)
                ? new ParleyException(CommonError.FORBIDDEN, "This is not allowed.")
                : outOfScope();
    }

    static ParleyException outOfScope() {
        return new ParleyException(CommonError.FORBIDDEN, "This API key was not made for that.");
    }

    private static AuthorizationManager<RequestAuthorizationContext> having(Scope scope) {
        return (authentication, _) -> new AuthorizationDecision(authentication.get() instanceof SignedIn signedIn
                && signedIn.getPrincipal().may(scope));
    }

    /// Nobody who has signed in: a page that is abused asks for nothing here.
    private static AuthorizationManager<RequestAuthorizationContext> keyHaving(Scope scope) {
        return (authentication, _) -> new AuthorizationDecision(authentication.get() instanceof SignedIn signedIn
                && signedIn.getPrincipal().may(scope)
                && !signedIn.getPrincipal().may(Scope.ACCOUNT));
    }

    /// Addresses and headers that no browser or honest program sends, and methods that nothing here has.
    @Bean
    RequestRejectedHandler rejectedRequests(ErrorWriter errors) {
        return (request, response, _) -> errors.write(
                request,
                response,
                METHODS.contains(request.getMethod())
                        ? new ParleyException(CommonError.MALFORMED_REQUEST, "The request could not be understood.")
                        : new ParleyException(
                                CommonError.METHOD_NOT_ALLOWED, "This address does not take that method."));
    }

    @Bean
    ChatAccess chatAccess(AuthProperties properties) {
        return new ChatAccess(properties.adminChatAccess());
    }

    @Bean
    OriginRule originRule(AuthProperties properties) {
        return new OriginRule(properties.allowedOrigins());
    }

    @Bean
    AccessTokens accessTokens(Secrets secrets, AuthProperties properties, Clock clock) {
        return new AccessTokens(secrets.jwtKey(), properties.accessTokenLifetime(), clock);
    }

    @Bean
    TokenAuthenticator tokenAuthenticator(
            AccessTokens tokens, Revocations revocations, Sessions sessions, ApiKeys keys) {
        return new TokenAuthenticator(tokens, revocations, sessions, keys);
    }

    /// Asking for ended sessions waits behind no request, so it has a connection of its own.
    @Bean(defaultCandidate = false)
    HikariDataSource revocationsSource(Database database) {
        return database.dedicated("revocations", REVOCATIONS_PATIENCE);
    }

    @Bean
    Revocations revocations(
            @Qualifier("revocationsSource") HikariDataSource own,
            SessionRepository sessions,
            ApplicationEventPublisher events,
            AuthProperties properties,
            Clock clock,
            Signals signals) {
        return new Revocations(
                new SessionRepository(JdbcClient.create(own)),
                sessions,
                events,
                properties,
                clock,
                System::nanoTime,
                REVOCATIONS_EVERY,
                signals);
    }

    /// Only configured origins get an answer that their scripts can read; what others ask for is answered, or refused,
    /// as if they were no browser's page.
    private static CorsFilter corsFilter(OriginRule origins, ErrorWriter errors) {
        CorsConfigurationSource source = request -> {
            String origin = request.getHeader("Origin");
            String path = Requests.path(request);
            boolean api = path.startsWith("/api/") || path.startsWith("/v1/") || path.startsWith("/health/");
            return api && origin != null && origins.isConfigured(origin) ? allowed(origin) : null;
        };
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new EnvelopeCorsProcessor(errors));
        return filter;
    }

    private static CorsConfiguration allowed(String origin) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(List.of(origin));
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(List.of("*"));
        allowed.setExposedHeaders(List.of("X-Request-Id", "Retry-After", "Content-Disposition", "ETag"));
        allowed.setAllowCredentials(true);
        allowed.setMaxAge(Duration.ofHours(1));
        return allowed;
    }
}

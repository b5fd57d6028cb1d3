package dev.parley.models;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// The HTTP client under all providers. Made with the first request: an instance without a provider never loads it.
///
/// It repeats nothing by itself (a repeated question is a second answer, and a second bill), follows no redirect (the
/// key would go along) and keeps no cookies.
final class ProviderHttp implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 20_000;
    private static final TimeValue KEPT = TimeValue.ofSeconds(30);

    private final CloseableHttpClient client;
    private final SilenceWatch watch;

    /// @param tick how often silence is looked for
    /// @param trust which certificates of providers are accepted
    ProviderHttp(Duration connectTimeout, Duration tick, SSLContext trust) {
        this(connectTimeout, tick, trust, SystemDefaultDnsResolver.INSTANCE);
    }

    /// @param names where each connection leads
    ProviderHttp(Duration connectTimeout, Duration tick, SSLContext trust, DnsResolver names) {
        Timeout connect = Timeout.of(connectTimeout);
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(BufferTellingConnection.factory(Http1Config.custom()
                        .setMaxHeaderCount(200)
                        .setMaxLineLength(16_384)
                        .build()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .setDnsResolver(names)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(connect).build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnPoolPolicy(PoolReusePolicy.LIFO)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(Timeout.DISABLED)
                        .setDefaultKeepAlive(KEPT.getDuration(), KEPT.getTimeUnit())
                        .setRedirectsEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setExpectContinueEnabled(false)
                        .build())
                .evictExpiredConnections()
                .evictIdleConnections(KEPT)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Parley")
                .build();
        this.watch = new SilenceWatch(tick);
    }

    Exchange exchange(HttpUriRequestBase request, Duration patience) {
        return new Exchange(client, request, watch, patience);
    }

    @Override
    public void close() throws IOException {
        watch.close();
        client.close();
    }

    /// Makes the client when somebody first needs it.
    static final class Lazy implements Supplier<ProviderHttp>, AutoCloseable {
        private static final Duration TICK = Duration.ofMillis(250);

        private final Lock lock = new ReentrantLock();
        private final Duration connectTimeout;
        private final DnsResolver names;
        private @Nullable ProviderHttp http;

        Lazy(Duration connectTimeout) {
            this(connectTimeout, SystemDefaultDnsResolver.INSTANCE);
        }

        Lazy(Duration connectTimeout, DnsResolver names) {
            this.connectTimeout = connectTimeout;
            this.names = names;
        }

        /// One that goes no further than this.
        static Lazy within(Reach reach, Duration connectTimeout) {
            return new Lazy(connectTimeout, new GuardedNames(reach, SystemDefaultDnsResolver.INSTANCE));
        }

        @Override
        public ProviderHttp get() {
            lock.lock();
            try {
                if (http == null) {
                    http = new ProviderHttp(connectTimeout, TICK, SSLContexts.createSystemDefault(), names);
                }
                return http;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            lock.lock();
            try {
                if (http != null) {
                    http.close();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}

package dev.parley.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.shared.UserId;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Whoever looks at their chats is likely to ask something soon: what an answer searches is read by then.
@Component
class WarmUp implements WebMvcConfigurer, HandlerInterceptor, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final Duration RECENT = Duration.ofMinutes(1);
    private static final int WAITING = 64;

    private final Blocks blocks;
    private final Embeddings embeddings;
    private final Users users;
    private final Cache<UserId, Boolean> recent =
            Caffeine.newBuilder().expireAfterWrite(RECENT).maximumSize(10_000).build();
    /// Who comes when many do is warmed by the question itself.
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("warm-up").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    WarmUp(Blocks blocks, Embeddings embeddings, Users users) {
        this.blocks = blocks;
        this.embeddings = embeddings;
        this.users = users;
        worker.allowCoreThreadTimeOut(true);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/chats/**");
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Caller caller = Requests.caller();
        if (caller != null && HttpMethod.GET.matches(request.getMethod())) {
            UserId owner = caller.user();
            if (recent.asMap().putIfAbsent(owner, true) == null) {
                worker.execute(() -> warm(owner));
            }
        }
    }

    void warm(UserId owner) {
        try {
            boolean any = users.preferences(owner).memoryEnabled()
                    && blocks.with(owner, (said, known) -> said.size() + known.size() > 0)
                            .orElse(false);
            if (any) {
                embeddings.prepare();
            }
        } catch (RuntimeException e) {
            log.warn("What is remembered of {} was not read ahead: {}", owner, e.getMessage());
        }
    }

    @Override
    public void destroy() {
        worker.shutdownNow();
    }
}

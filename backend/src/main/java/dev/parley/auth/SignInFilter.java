package dev.parley.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Sha256;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who makes a request. A bad token refuses nothing here: public calls work with one too, and for the others
/// the entry point says what was wrong with it.
final class SignInFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SignInFilter.class);
    private static final String SCHEME = "Bearer ";
    /// Whom a page takes to be signed in. All tabs of a browser share its cookies, so that somebody else may have
    /// signed in in another one: what was written under one name is never sent under another.
    private static final String PAGE_OF = "Parley-User";

    private static final int MOST_KEYS = 10_000;
    private static final Duration KEYS_REMEMBERED = Duration.ofMinutes(10);

    private final Authenticator authenticator;
    private final SignInLimits limits;
    /// Digests of keys that were good lately: nobody at the same address uses their attempts up.
    private final Cache<String, Boolean> goodKeys = Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterAccess(KEYS_REMEMBERED)
            .build();
    private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    SignInFilter(Authenticator authenticator, SignInLimits limits) {
        this.authenticator = authenticator;
        this.limits = limits;
    }

    /// Why this request is nobody's.
    static ParleyException failure(HttpServletRequest request) {
        ParleyException refusal = Requests.refusal(request);
        return refusal == null ? new ParleyException(CommonError.UNAUTHENTICATED, "Sign in first.") : refusal;
    }

    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String bearer = bearer(request);
        String token = bearer == null ? TokenCookies.access(request) : bearer;
        if (token != null) {
            try {
                Caller caller = authenticate(token, request);
                if (bearer == null) {
                    refuseAnothersPage(request, caller);
                }
                signIn(request, response, new SignedIn(caller, bearer == null));
            } catch (ParleyException e) {
                Requests.refuse(request, e);
            } catch (DataAccessException e) {
                LOG.warn("Whether a session has ended could not be asked: {}", String.valueOf(e.getMessage()));
                // Told by the entry point to what needs a person; a page or a probe needs none.
                Requests.refuse(
                        request,
                        new ParleyException(
                                CommonError.SERVICE_UNAVAILABLE,
                                "The database does not answer at the moment. Try again shortly."));
            }
        }
        chain.doFilter(request, response);
    }

    /// A key is looked up, so that there is a limit to how many wrong ones are.
    private Caller authenticate(String token, HttpServletRequest request) {
        if (!KeySecret.isMeant(token)) {
            return authenticator.authenticate(token);
        }
        String digest = HexFormat.of().formatHex(Sha256.of(token));
        SignInLimits.Taken taken = goodKeys.getIfPresent(digest) == null
                ? limits.key(request.getRemoteAddr(), token)
                : SignInLimits.Taken.NOTHING;
        boolean unknown = false;
        try {
            Caller caller = authenticator.authenticate(token);
            goodKeys.put(digest, true);
            return caller;
        } catch (ParleyException refusal) {
            goodKeys.invalidate(digest);
            unknown = refusal.code() == CommonError.UNAUTHENTICATED;
            throw refusal;
        } finally {
            if (!unknown) {
                taken.giveBack();
            }
        }
    }

    private static void refuseAnothersPage(HttpServletRequest request, Caller caller) {
        String owner = request.getHeader(PAGE_OF);
        if (owner != null && !owner.equalsIgnoreCase(caller.user().toString())) {
            throw new ParleyException(
                    CommonError.UNAUTHENTICATED,
                    "Another account is signed in in this browser by now.",
                    Map.of("other_account", true));
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, SignedIn signedIn) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(signedIn);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }
}

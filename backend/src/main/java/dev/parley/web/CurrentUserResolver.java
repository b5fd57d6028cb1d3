package dev.parley.web;

import dev.parley.shared.Acting;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

class CurrentUserResolver implements HandlerMethodArgumentResolver {
    private static final String OPERATORS = "/api/v1/admin/";

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(CurrentUser.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Caller caller = Requests.caller();
        if (caller == null) {
            throw new ParleyException(CommonError.UNAUTHENTICATED, "Sign in first.");
        }
        // From here on the request works in that person's name, until RequestIdFilter ends it. Sign-in's own calls name
        // nobody: they look for accounts before they know whose. Nor do operators' calls, which look after everybody.
        if (!Requests.path(request).startsWith(OPERATORS)) {
            Acting.begin(caller.user());
        }
        return parameter.getParameterType() == UserId.class ? caller.user() : caller;
    }
}

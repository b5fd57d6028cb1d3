package dev.parley.web;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.NativeWebRequest;

/// What a client accepts. `*/*` and nothing at all stand for JSON; the calls that can only answer in one form
/// (`…/stream/`, `…/export/`) do not ask.
class JsonUnlessNamedOtherwise implements ContentNegotiationStrategy {
    private final ContentNegotiationStrategy header = new HeaderContentNegotiationStrategy();

    @Override
    public List<MediaType> resolveMediaTypes(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        String path = Requests.path(request);
        if (path.endsWith("/stream") || path.endsWith("/export")) {
            return MEDIA_TYPE_ALL_LIST;
        }
        return header.resolveMediaTypes(request);
    }
}

package dev.parley.web;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The names of models have slashes, and OpenAI's clients encode these. Behind here none is encoded: a name has plain
/// ones, and any other address with an encoded slash is refused, as the server would do without us.
final class EncodedSlashes extends Handler.Wrapper {
    private static final String NAMES = "/v1/models/";
    private static final Pattern SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);
    /// What would lead elsewhere when its slashes are plain.
    private static final Pattern DEVIOUS = Pattern.compile("//|/(\\.|%2e)|;", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI address = request.getHttpURI();
        String path = address.getPath();
        if (path == null || !SLASH.matcher(path).find()) {
            return super.handle(request, response, callback);
        }
        String plain = SLASH.matcher(path).replaceAll("/");
        if (!path.startsWith(NAMES) || DEVIOUS.matcher(plain).find()) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        HttpURI named = HttpURI.build(address).path(plain).asImmutable();
        return super.handle(Request.serveAs(request, named), response, callback);
    }
}

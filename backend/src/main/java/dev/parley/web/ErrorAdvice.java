package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Renders whatever a controller throws. What is not foreseen is logged whole and shown as an id.
@RestControllerAdvice
class ErrorAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ErrorAdvice.class);

    private final WebApp webApp;

    ErrorAdvice(WebApp webApp) {
        this.webApp = webApp;
    }

    @ExceptionHandler
    ResponseEntity<Object> parley(ParleyException failure, HttpServletRequest request) {
        return render(failure, request);
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class,
        DataAccessException.class
    })
    ResponseEntity<Object> database(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (Outage.isOne(failure) && !response.isCommitted()) {
            log.warn("The database did not answer: {}", String.valueOf(failure.getMessage()));
            return render(
                    new ParleyException(
                            CommonError.SERVICE_UNAVAILABLE,
                            "The database does not answer at the moment. Try again shortly."),
                    request);
        }
        return unforeseen(failure, request, response);
    }

    @ExceptionHandler
    ResponseEntity<Object> violated(ConstraintViolationException failure, HttpServletRequest request) {
        return render(BadInput.violated(failure.getConstraintViolations()), request);
    }

    /// What the container or the parser of forms could not read is the client's fault.
    @ExceptionHandler({
        HttpException.RuntimeException.class,
        HttpException.IllegalArgumentException.class,
        HttpException.IllegalStateException.class,
        MultipartException.class
    })
    ResponseEntity<Object> unreadable(HttpServletRequest request) {
        String type = request.getContentType();
        boolean form = type != null && (type.startsWith("multipart/") || type.contains("form-urlencoded"));
        int status = form ? 415 : 400;
        return render(new ParleyException(codeOf(status), sentenceOf(status)), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unforeseen(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted() && failure instanceof IOException) {
            log.debug("The client of {} {} has gone.", request.getMethod(), request.getRequestURI());
            throw failure;
        }
        log.error("Request {} {} failed.", request.getMethod(), request.getRequestURI(), failure);
        if (response.isCommitted()) {
            throw failure; // what was begun cannot be completed: the container breaks the connection off
        }
        return render(new ParleyException(CommonError.INTERNAL_ERROR, sentenceOf(500)), request);
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (FieldError error : failure.getBindingResult().getFieldErrors()) {
            BadInput.add(fields, error.getField(), error.getDefaultMessage());
        }
        failure.getBindingResult()
                .getGlobalErrors()
                .forEach(error -> BadInput.add(fields, "body", error.getDefaultMessage()));
        return render(BadInput.invalid(fields), servlet(request));
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Map<String, List<String>> fields = new TreeMap<>();
        failure.getParameterValidationResults().forEach(result -> {
            for (MessageSourceResolvable error : result.getResolvableErrors()) {
                String name = error instanceof FieldError field
                        ? field.getField()
                        : String.valueOf(result.getMethodParameter().getParameterName());
                BadInput.add(fields, name, error.getDefaultMessage());
            }
        });
        return render(BadInput.invalid(fields), servlet(request));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return render(BadInput.unreadable(failure), servlet(request));
    }

    /// A person who follows a wrong link gets the web app, which says so; a program gets the envelope.
    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet
                && webApp.isPage(servlet.getRequest())
                && webApp.page().exists()) {
            return ResponseEntity.status(status)
                    .contentType(MediaType.TEXT_HTML)
                    .body(webApp.page());
        }
        return handleExceptionInternal(failure, null, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted()) {
            return null;
        }
        if (status.is5xxServerError()) {
            log.error("Request failed.", failure);
        }
        return render(
                new ParleyException(codeOf(status.value()), sentenceOf(status.value())), servlet(request), headers);
    }

    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> CommonError.UNAUTHENTICATED;
            case 403 -> CommonError.FORBIDDEN;
            case 404 -> CommonError.NOT_FOUND;
            case 405 -> CommonError.METHOD_NOT_ALLOWED;
            case 406 -> CommonError.NOT_ACCEPTABLE;
            case 413 -> CommonError.PAYLOAD_TOO_LARGE;
            case 415 -> CommonError.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> CommonError.SERVICE_UNAVAILABLE;
            default -> status < 500 ? CommonError.MALFORMED_REQUEST : CommonError.INTERNAL_ERROR;
        };
    }

    static String sentenceOf(int status) {
        return switch (status) {
            case 401 -> "Sign in first.";
            case 403 -> "This is not allowed.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take that method.";
            case 406 -> "This address cannot answer in the form that was asked for.";
            case 413 -> "The request is too large.";
            case 415 -> "Send the body as application/json.";
            case 503 -> "The server cannot answer at the moment. Try again shortly.";
            default -> status < 500 ? "The request could not be understood." : "Something went wrong on the server.";
        };
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }

    private static ResponseEntity<Object> render(ParleyException failure, HttpServletRequest request) {
        return render(failure, request, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Object> render(
            ParleyException failure, HttpServletRequest request, HttpHeaders headers) {
        ErrorAnswer answer = ErrorAnswer.of(Requests.address(request), failure);
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        answer.headers().forEach(all::set);
        all.setContentType(MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(answer.body(), all, HttpStatusCode.valueOf(answer.status()));
    }
}

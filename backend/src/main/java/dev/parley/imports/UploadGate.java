package dev.parley.imports;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets files in before any of them is read: one of a person at a time, none that says that it is too large, and none
/// that the disk has no room for, which is also the database's. What does not say how large it is counts as the
/// largest.
@Component
class UploadGate implements HandlerInterceptor {
    /// What a form has around its file.
    static final DataSize FRAME = DataSize.ofMegabytes(1);

    /// What is left to whoever else writes on this disk.
    private static final DataSize LEFT = DataSize.ofMegabytes(256);

    private static final String ENTERED = UploadGate.class.getName();

    /// A file that comes. Each is itself and equal to no other.
    static final class Permit {
        private final UserId owner;
        private final long size;

        private Permit(UserId owner, long size) {
            this.owner = owner;
            this.size = size;
        }
    }

    private final DataSize largest;
    private final ImportFiles files;
    private final Imports imports;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UserId, Permit> coming = new HashMap<>();

    UploadGate(ImportsProperties properties, ImportFiles files, Imports imports) {
        this.largest = properties.largest();
        this.files = files;
        this.imports = imports;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = Requests.caller();
        if (!request.getMethod().equals("POST") || caller == null) {
            return true;
        }
        try {
            request.setAttribute(ENTERED, enter(caller.user(), request.getContentLengthLong()));
        } catch (ParleyException e) {
            // The body is never read, so the connection cannot serve another request.
            response.setHeader("Connection", "close");
            throw e;
        }
        return true;
    }

    private Permit enter(UserId owner, long told) {
        long most = largest.toBytes() + FRAME.toBytes();
        if (told > most) {
            throw new ParleyException(
                    CommonError.PAYLOAD_TOO_LARGE, "The file is larger than " + largest.toMegabytes() + " MB.");
        }
        imports.refuseSecond(owner);
        return enter(owner, told < 0 ? most : told, room());
    }

    /// @param room bytes that are free
    Permit enter(UserId owner, long size, long room) {
        lock.lock();
        try {
            if (coming.containsKey(owner)) {
                throw Imports.another();
            }
            long promised = coming.values().stream().mapToLong(one -> one.size).sum();
            if (room - promised - size < LEFT.toBytes()) {
                throw new ParleyException(
                        CommonError.SERVICE_UNAVAILABLE, "The server has no room for this file at the moment.");
            }
            Permit permit = new Permit(owner, size);
            coming.put(owner, permit);
            return permit;
        } finally {
            lock.unlock();
        }
    }

    private long room() {
        try {
            return Files.getFileStore(files.directory()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("The room for imports cannot be seen", e);
        }
    }

    /// When the file is there, so before it is said that it is.
    void leave(HttpServletRequest request) {
        if (request.getAttribute(ENTERED) instanceof Permit permit) {
            leave(permit);
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        leave(request);
    }

    void leave(Permit permit) {
        lock.lock();
        try {
            coming.remove(permit.owner, permit);
        } finally {
            lock.unlock();
        }
    }
}

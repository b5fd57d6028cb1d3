package dev.parley.live;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.AnswerLog;
import dev.parley.answers.Answers;
import dev.parley.answers.SendMessage;
import dev.parley.chats.Chats;
import dev.parley.cluster.Signals;
import dev.parley.live.Incoming.Auth;
import dev.parley.live.Incoming.InChat;
import dev.parley.live.Incoming.Stop;
import dev.parley.live.Incoming.Subscribe;
import dev.parley.live.Subscriptions.Added;
import dev.parley.shared.Acting;
import dev.parley.shared.CommonError;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Tracing;
import dev.parley.shared.UserId;
import dev.parley.web.Authenticator;
import dev.parley.web.Requests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Carries out what clients ask for. Whatever goes wrong is told to the client, and the connection stays open.
@Component
class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final Incoming incoming;
    private final Frames frames;
    private final Answers answers;
    private final Chats chats;
    private final Signals signals;
    private final Authenticator authenticator;
    private final LiveProperties properties;

    Commands(
            Incoming incoming,
            Frames frames,
            Answers answers,
            Chats chats,
            Signals signals,
            Authenticator authenticator,
            LiveProperties properties) {
        this.incoming = incoming;
        this.frames = frames;
        this.answers = answers;
        this.chats = chats;
        this.signals = signals;
        this.authenticator = authenticator;
        this.properties = properties;
    }

    void carryOut(Connection from, UserId owner, String text) {
        guarded(from, null, () -> {
            if (!from.mayAsk()) {
                throw new ParleyException(
                        CommonError.RATE_LIMITED, "Too many frames. Wait a moment.", Map.of("retry_after", 1));
            }
            ObjectNode frame = incoming.parse(text);
            guarded(from, frame, () -> carryOut(from, owner, frame));
        });
    }

    private void carryOut(Connection from, UserId owner, ObjectNode frame) {
        switch (Incoming.ask(frame)) {
            case SUBSCRIBE -> subscribe(from, owner, incoming.read(frame, Subscribe.class));
            case UNSUBSCRIBE ->
                unsubscribe(from, owner, incoming.read(frame, InChat.class).chatId());
            case SEND -> {
                try (Tracing.Work _ = Tracing.at(Tracing.begin("frame send"))) {
                    send(from, owner, frame);
                }
            }
            case STOP -> stop(from, owner, frame);
            case TYPING -> type(from, owner, incoming.read(frame, InChat.class).chatId());
            // A page cannot send the protocol's own ping.
            case PING -> from.post(Frames.PONG);
            case AUTH -> identifyAgain(from, owner, incoming.read(frame, Auth.class));
        }
    }

    private void subscribe(Connection from, UserId owner, Subscribe wanted) {
        UUID named = wanted.messageId();
        if (named == null && wanted.after() != null) {
            throw ParleyException.invalid("message_id", "Name the answer that this event belongs to.");
        }
        UUID chat = wanted.chatId();
        chats.get(owner, chat);
        Added added = from.subscriptions().add(chat);
        if (added == Added.FULL) {
            throw new ParleyException(
                    CommonError.RATE_LIMITED, "This connection has subscribed to too many chats. Leave one first.");
        }
        // Who names an answer again wants that one; the others are followed already.
        if (added == Added.NEW || named == null) {
            for (AnswerBegun running : answers.running(List.of(new Chats.Owned(owner, chat)))) {
                if (!running.messageId().equals(named)) {
                    follow(from, running, 0, added == Added.NEW);
                }
            }
        }
        if (named != null) {
            follow(from, new AnswerBegun(owner, chat, named), wanted.after() == null ? 0 : wanted.after(), false);
        }
    }

    private void follow(Connection from, AnswerBegun answer, long after, boolean onlyIfNew) {
        AnswerLog answerLog = answers.follow(answer, after);
        Follower follower = new Follower(
                from,
                answer,
                after,
                () -> answerLog,
                frames,
                properties.largestBacklog().toBytes());
        if (onlyIfNew
                ? from.subscriptions().beginIfNew(follower)
                : from.subscriptions().begin(follower)) {
            follower.start();
        } else if (!onlyIfNew) {
            throw new ParleyException(CommonError.RATE_LIMITED, "This connection follows too many answers.");
        }
    }

    private void unsubscribe(Connection from, UserId owner, UUID chat) {
        if (!from.subscriptions().remove(chat)) {
            chats.get(owner, chat);
        }
    }

    private void send(Connection from, UserId owner, ObjectNode frame) {
        UUID chat = incoming.read(frame, InChat.class).chatId();
        SendMessage message = incoming.read(frame, SendMessage.class);
        AnswerLog answer = answers.ask(owner, chat, message).log();
        from.post(frames.sent(
                chat,
                message.clientId(),
                answer.question().id(),
                answer.answer().id()));
    }

    /// Apart, because it waits for the answer to end, and the client may have more to say.
    private void stop(Connection from, UserId owner, ObjectNode frame) {
        UUID message = incoming.read(frame, Stop.class).messageId();
        String name = from.frameName();
        Thread.ofVirtual().name("stop").start(() -> {
            try (var _ = Requests.inLog(name);
                    var _ = Acting.as(owner)) {
                guarded(from, frame, () -> answers.stop(owner, message));
            }
        });
    }

    private void type(Connection from, UserId owner, UUID chat) {
        if (!from.subscriptions().has(chat)) {
            chats.get(owner, chat);
        }
        if (from.mayType()) {
            signals.tell(News.TYPING, owner + "/" + chat + "/" + from.id());
        }
    }

    /// A client that sends its token in any case need not know whether the cookie was enough.
    private void identifyAgain(Connection from, UserId owner, Auth auth) {
        if (!authenticator.authenticate(auth.token()).user().equals(owner)) {
            throw new ParleyException(CommonError.FORBIDDEN, "This connection is another account's.");
        }
        from.post(Frames.READY);
    }

    private void guarded(Connection from, @Nullable ObjectNode frame, Runnable work) {
        try {
            work.run();
        } catch (ParleyException e) {
            from.post(frames.error(e, e.details(), frame));
        } catch (RuntimeException e) {
            if (Outage.isOne(e)) {
                log.warn("The database did not answer: {}", String.valueOf(e.getMessage()));
                ParleyException away = new ParleyException(
                        CommonError.SERVICE_UNAVAILABLE,
                        "The database does not answer at the moment. Try again shortly.");
                from.post(frames.error(away, away.details(), frame));
                return;
            }
            log.error("A frame could not be handled.", e);
            Map<String, Object> details = new HashMap<>();
            details.put("request_id", from.frameName());
            from.post(frames.error(
                    new ParleyException(CommonError.INTERNAL_ERROR, "Something went wrong on the server."),
                    details,
                    frame));
        }
    }
}

package dev.parley.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.chats.ChatsInBulk.NewChat;
import dev.parley.chats.ChatsInBulk.NewMessage;
import dev.parley.chats.Message.Role;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An export in the public form of ChatGPT's, of made-up chats, with their branches. It is not compressed, so that the
/// archive is as large as what is in it: `MadeUpArchive FILE BYTES`.
public final class MadeUpArchive {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CHATS_IN_A_FILE = 100;
    private static final int SHORTEST = 2;
    private static final double TIMES_LONGER = 100;
    private static final Instant NEWEST = Instant.parse("2026-01-01T00:00:00Z");

    private MadeUpArchive() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(write(Path.of(arguments[0]), Long.parseLong(arguments[1])));
    }

    /// @return how many chats it has
    public static int write(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        UserId nobody = new UserId(Ids.next());
        long left = bytes;
        int chats = 0;
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (int part = 0; left > 0; part++) {
                zip.putNextEntry(new ZipEntry("conversations-%03d.json".formatted(part)));
                for (int i = 0; i < CHATS_IN_A_FILE && left > 0; i++) {
                    int size = (int) (SHORTEST * Math.pow(TIMES_LONGER, random.nextDouble()));
                    Instant end = NEWEST.minus(Duration.ofMinutes(chats++));
                    byte[] chat = JSON.writeValueAsBytes(chat(MadeUpChat.of(nobody, size, end, false, random)));
                    zip.write((i == 0 ? "[" : ",\n").getBytes(UTF_8));
                    zip.write(chat);
                    left -= chat.length;
                }
                zip.write("]".getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return chats;
    }

    private static Map<String, Object> chat(NewChat chat) {
        Map<UUID, List<UUID>> children = new HashMap<>();
        for (NewMessage message : chat.messages()) {
            children.merge(
                    message.parentId() == null ? chat.id() : message.parentId(),
                    List.of(message.id()),
                    (some, one) -> Stream.concat(some.stream(), one.stream()).toList());
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put(chat.id().toString(), place(chat.id(), null, null, children));
        for (NewMessage message : chat.messages()) {
            UUID parent = message.parentId() == null ? chat.id() : message.parentId();
            mapping.put(message.id().toString(), place(message.id(), said(message), parent, children));
        }
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("title", chat.title());
        written.put("create_time", seconds(chat.createdAt()));
        written.put("update_time", seconds(chat.activeAt()));
        written.put("mapping", mapping);
        written.put("moderation_results", List.of());
        written.put("current_node", chat.currentMessageId());
        written.put("conversation_id", chat.id());
        written.put("is_archived", chat.isArchived());
        return written;
    }

    private static Map<String, Object> place(
            UUID id, @Nullable Map<String, Object> message, @Nullable UUID parent, Map<UUID, List<UUID>> children) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("id", id);
        place.put("message", message);
        place.put("parent", parent);
        place.put("children", children.getOrDefault(id, List.of()));
        return place;
    }

    private static Map<String, Object> said(NewMessage message) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("id", message.id());
        said.put("author", Map.of("role", message.role().word(), "metadata", Map.of()));
        said.put("create_time", seconds(message.createdAt()));
        said.put("content", Map.of("content_type", "text", "parts", List.of(message.content())));
        said.put("status", "finished_successfully");
        said.put("metadata", message.role() == Role.ASSISTANT ? Map.of("model_slug", "gpt-4o") : Map.of());
        said.put("recipient", "all");
        return said;
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1e3;
    }
}

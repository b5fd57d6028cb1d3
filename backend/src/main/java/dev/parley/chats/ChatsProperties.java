package dev.parley.chats;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param retention after how many days without a message a chat is deleted; null: never
@ConfigurationProperties("parley.chats")
record ChatsProperties(@Nullable Integer retention) {}

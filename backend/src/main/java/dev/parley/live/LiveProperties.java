package dev.parley.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param authenticateWithin how long a connection may be nobody's
/// @param pingEvery who says nothing for two such periods is gone
/// @param writeWithin how long a frame may wait for the reader before the connection is closed as too slow
/// @param leaveWithin how long a closed connection may take to read what it was sent before
/// @param largestFrame that a client may send
/// @param largestBacklog of news for a reader that does not keep up, and of text that came meanwhile
/// @param mostConnections of one person on this node
/// @param mostChats that one connection may subscribe to
/// @param mostFollowed answers that one connection may follow at once
/// @param framesPerSecond that one connection may send, and four times as many at once
@ConfigurationProperties("parley.live")
record LiveProperties(
        @DefaultValue("5s") Duration authenticateWithin,
        @DefaultValue("30s") Duration pingEvery,
        @DefaultValue("20s") Duration writeWithin,
        @DefaultValue("30s") Duration leaveWithin,
        @DefaultValue("256KB") DataSize largestFrame,
        @DefaultValue("1MB") DataSize largestBacklog,
        @DefaultValue("100") int mostConnections,
        @DefaultValue("100") int mostChats,
        @DefaultValue("100") int mostFollowed,
        @DefaultValue("30") int framesPerSecond) {}

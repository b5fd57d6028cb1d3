package dev.parley.auth;

/// Whether operators may read other people's chats. Who runs the server decides that at its start: were it a setting of
/// their own page, they would let themselves in.
public record ChatAccess(boolean isOn) {}

package dev.parley.models;

/// That another model answers than the one that was asked.
///
/// @param model the id of the one that answers
/// @param wanted the id of the one that was asked
/// @param reason why that one does not, in a sentence for a person
public record Fallback(String model, String wanted, String reason) {}

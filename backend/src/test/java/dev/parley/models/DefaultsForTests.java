package dev.parley.models;

import dev.parley.settings.RunningSettings;
import java.util.List;

/// What holds for answers of a module that is put together by hand.
public final class DefaultsForTests {
    private DefaultsForTests() {}

    /// @param tokens how long an answer may be where nobody chose
    public static AnswerDefaults answering(int tokens) {
        return new AnswerDefaults(0.7, tokens, List.of(), new RunningSettings(), new ModelRules());
    }
}

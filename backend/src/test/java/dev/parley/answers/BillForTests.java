package dev.parley.answers;

import dev.parley.chats.ChatsForTests;
import dev.parley.database.TestDatabase;
import dev.parley.models.DefaultsForTests;
import dev.parley.models.Piece;
import dev.parley.usage.Spending;
import dev.parley.usage.UsageForTests;

/// Bills of a module that is put together by hand.
final class BillForTests {
    private static final TokenCounter COUNTER = new TokenCounter();

    private BillForTests() {}

    static Bill of(TestDatabase database, ChatsForTests world) {
        return of(UsageForTests.unlimited(database, world.clock), world);
    }

    static Bill of(Spending spending, ChatsForTests world) {
        OneModel nobody = new OneModel() {
            @Override
            public Piece next() {
                throw new IllegalStateException("Nobody asks");
            }

            @Override
            public void close() {}
        };
        return new Bill(spending, world.conversation, nobody, COUNTER, DefaultsForTests.answering(500));
    }
}

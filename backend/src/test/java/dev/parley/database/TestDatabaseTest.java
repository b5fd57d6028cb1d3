package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void eachIsFreshAndKnowsLettersOfAllLanguages() {
        try (TestDatabase first = TestDatabase.create();
                TestDatabase second = TestDatabase.create()) {
            first.jdbc().sql("create table note (text text)").update();

            assertThat(second.jdbc()
                            .sql("select to_regclass('note') is null")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
            second.jdbc().sql("create extension if not exists pg_trgm").update();
            assertThat(second.jdbc()
                            .sql("select cardinality(show_trgm('привет'))")
                            .query(Integer.class)
                            .single())
                    .isPositive();
        }
    }
}

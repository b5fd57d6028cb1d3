package dev.parley.database;

import dev.parley.settings.StartFailure;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/// How a database is brought up to date: by one node, while others that start wait for it, and in one transaction, so
/// that a migration which fails, or is killed, leaves what was there.
final class Migrations {
    /// Until whoever migrates is done, or is gone and his lock with him.
    private static final int FOR_EVER = -1;

    private Migrations() {}

    static void configure(FluentConfiguration flyway) {
        flyway.validateMigrationNaming(true)
                .group(true)
                .lockRetryCount(FOR_EVER)
                // What is worked on at the same time is done in another order than that of its numbers.
                .outOfOrder(true);
    }

    /// @throws StartFailure with one sentence
    static void run(Flyway flyway) {
        try {
            flyway.migrate();
        } catch (FlywayMigrateException e) {
            throw new StartFailure(
                    "The database could not be brought up to date and is as it was: migration "
                            + e.getMigration().getVersion() + " ("
                            + e.getMigration().getDescription() + ") failed with \""
                            + reason(e) + "\".",
                    e);
        } catch (FlywayValidateException e) {
            throw new StartFailure(unlike(flyway), e);
        } catch (FlywayException e) {
            throw new StartFailure("The database could not be brought up to date: " + reason(e) + ".", e);
        }
    }

    private static String unlike(Flyway flyway) {
        String which = flyway.validateWithResult().invalidMigrations.stream()
                .findFirst()
                .map(first -> "its migration " + first.version + " (" + first.description + ") is not this program's")
                .orElse("it was just changed by another");
        return "The database was made by a program that is not an earlier version of this one, and is left as it is: "
                + which + ".";
    }

    /// What PostgreSQL said, where it said something, else what Flyway says.
    private static String reason(FlywayException failure) {
        Throwable found = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException) {
                found = each;
            }
        }
        return String.valueOf(found.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(found.getClass().getSimpleName())
                .replaceFirst("\\.$", "");
    }
}

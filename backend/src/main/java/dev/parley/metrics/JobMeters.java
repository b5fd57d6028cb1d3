package dev.parley.metrics;

import dev.parley.jobs.JobBoard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The work of all nodes, as the database has it when somebody asks.
@Component
class JobMeters implements MeterBinder {
    private final JobBoard board;
    private volatile @Nullable MultiGauge gauge;

    JobMeters(JobBoard board) {
        this.board = board;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge = MultiGauge.builder("parley.jobs")
                .description("Background work of all nodes that waits, runs, is tried again, was given up")
                .register(registry);
    }

    void look() {
        MultiGauge told = gauge;
        if (told != null) {
            told.register(rows(), true);
        }
    }

    /// None while the database is away: an old number would pass for a new one.
    private List<Row<?>> rows() {
        try {
            return board.kinds().stream()
                    .<Row<?>>flatMap(kind -> Stream.of(
                            row(kind.name(), "queued", kind.queued()),
                            row(kind.name(), "running", kind.running()),
                            row(kind.name(), "retrying", kind.retrying()),
                            row(kind.name(), "failed", kind.failed())))
                    .toList();
        } catch (DataAccessException e) {
            return List.of();
        }
    }

    private static Row<?> row(String job, String state, long count) {
        return Row.of(Tags.of("job", job, "state", state), count);
    }
}

package dev.parley.admin;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.usage.UsagePeriod;
import dev.parley.usage.UsageReport;
import dev.parley.usage.UsageReport.ModelUse;
import dev.parley.usage.UsageReport.PersonUse;
import dev.parley.usage.UsageReport.Report;
import dev.parley.usage.UsageReport.UsageColumn;
import dev.parley.usage.UsageReport.UsageFigures;
import dev.parley.users.Directory;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/overview")
class OverviewController {
    private static final Map<String, UsagePeriod> PERIODS =
            Map.of("hour", UsagePeriod.HOUR, "day", UsagePeriod.DAY, "30d", UsagePeriod.MONTH);

    private final UsageReport reports;
    private final Directory directory;

    OverviewController(UsageReport reports, Directory directory) {
        this.reports = reports;
        this.directory = directory;
    }

    /// @param email null where the account has just gone
    record PersonSpending(UUID id, @Nullable String email, long answers, long tokens, double cost) {}

    /// @param people those who used most
    record UsageOverview(
            Instant starts,
            int slotMinutes,
            String currency,
            boolean priced,
            UsageFigures now,
            UsageFigures before,
            List<UsageColumn> columns,
            List<ModelUse> models,
            List<PersonSpending> people) {}

    @Operation(summary = "What the instance has used in the last hour, day or 30 days, and in the same time before")
    @GetMapping
    Envelope<UsageOverview> overview(@RequestParam(defaultValue = "day") String period) {
        UsagePeriod known = PERIODS.get(period);
        if (known == null) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "The period is hour, day or 30d.");
        }
        Report report = reports.of(known);
        return Envelope.ok(new UsageOverview(
                report.starts(),
                report.slotMinutes(),
                report.currency(),
                report.priced(),
                report.now(),
                report.before(),
                report.columns(),
                report.models(),
                named(report.people())));
    }

    private List<PersonSpending> named(List<PersonUse> people) {
        Map<UserId, String> emails =
                directory.emails(people.stream().map(PersonUse::owner).collect(Collectors.toSet()));
        return people.stream()
                .map(one -> new PersonSpending(
                        one.owner().value(), emails.get(one.owner()), one.answers(), one.tokens(), one.cost()))
                .toList();
    }
}

package dev.parley;

import dev.parley.settings.StartFailure;
import dev.parley.shared.Checkup;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/// The command `doctor`. What it tries is made without the application, which could not begin where something is
/// broken.
@ComponentScan(
        basePackages = "dev.parley",
        useDefaultFilters = false,
        includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Checkup.class))
@ComponentScan("dev.parley.settings")
@ConfigurationPropertiesScan("dev.parley")
final class DoctorCommand {
    private static final int WORD = 9;

    DoctorCommand() {}

    /// Tries everything at once and tells in order.
    ///
    /// @throws StartFailure when something is broken
    static String look(ApplicationContext context) {
        List<Future<List<Finding>>> looking = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : context.getBeanNamesForType(Checkup.class)) {
                looking.add(threads.submit(() -> look(context, name)));
            }
            for (Future<List<Finding>> each : looking) {
                findings.addAll(each.get());
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("A checkup did not end.", e);
        }
        print(findings);
        long broken = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.BROKEN)
                .count();
        if (broken > 0) {
            throw new StartFailure(broken == 1 ? "One thing is broken." : broken + " things are broken.");
        }
        return "Nothing is broken.";
    }

    private static List<Finding> look(ApplicationContext context, String name) {
        try {
            return context.getBean(name, Checkup.class).look();
        } catch (RuntimeException e) {
            Throwable reason = e;
            while (reason.getCause() != null) {
                reason = reason.getCause();
            }
            return List.of(Finding.broken(
                    name.replace("Checkup", "").toLowerCase(Locale.ROOT), String.valueOf(reason.getMessage())));
        }
    }

    static void print(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.about().length())
                .max()
                .orElse(1);
        findings.forEach(finding -> System.out.printf(
                "%-" + WORD + "s %-" + width + "s  %s%n",
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.about(),
                finding.sentence()));
    }
}

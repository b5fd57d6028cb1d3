package dev.parley;

import dev.parley.memory.MemoryMigration;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `memories`.
record MemoriesCommand(boolean toMem0) {
    static MemoriesCommand parse(List<String> arguments) {
        return switch (arguments.size() == 1 ? arguments.getFirst() : "") {
            case "--to-mem0" -> new MemoriesCommand(true);
            case "--from-mem0" -> new MemoriesCommand(false);
            default -> throw new Misuse("\"memories\" takes one of --to-mem0 and --from-mem0.");
        };
    }

    String carry(ApplicationContext context) {
        MemoryMigration migration = context.getBean(MemoryMigration.class);
        return toMem0
                ? migration.toMem0() + " memories were carried to the Mem0 service."
                : migration.fromMem0() + " memories were carried here from the Mem0 service.";
    }
}

package dev.parley;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The one file that a command is about, beside its options.
final class FileArgument {
    private FileArgument() {}

    static Path of(String command, List<String> arguments, List<String> options) {
        List<String> files =
                arguments.stream().filter(word -> !options.contains(word)).toList();
        if (files.size() != 1
                || files.getFirst().startsWith("-")
                || files.getFirst().isBlank()) {
            throw new Misuse("\"" + command + "\" takes the name of one file"
                    + (options.isEmpty() ? "." : " and " + String.join(", ", options) + "."));
        }
        try {
            return Path.of(files.getFirst());
        } catch (InvalidPathException e) {
            throw new Misuse("\"" + files.getFirst() + "\" is no name of a file.");
        }
    }
}

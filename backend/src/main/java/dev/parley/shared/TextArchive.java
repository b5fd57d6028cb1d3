package dev.parley.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Texts in Markdown, in one ZIP file that is written straight to a line: one after the other, and none of them held.
public final class TextArchive {
    private static final String KIND = ".md";

    private final ZipOutputStream zip;
    /// Those that are taken, each with the last number that who wanted it too was given.
    private final Map<String, Integer> names = new HashMap<>();

    public TextArchive(OutputStream line) {
        zip = new ZipOutputStream(line, StandardCharsets.UTF_8);
    }

    public interface Text {
        void write(Writer file) throws IOException;
    }

    /// @param name without the kind of the file, and with a number behind it where it is taken; `/` parts directories
    public void add(String name, Text text) throws IOException {
        zip.putNextEntry(new ZipEntry(unlike(names, name) + KIND));
        Writer file = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        text.write(file);
        file.flush();
        zip.closeEntry();
    }

    /// Only then it is whole.
    public void end() throws IOException {
        zip.finish();
        zip.flush();
    }

    /// Some systems tell the names of two files apart by their letters alone, not by how large these are.
    static String unlike(Map<String, Integer> names, String name) {
        String key = Letters.lower(name);
        String free = name;
        while (names.putIfAbsent(Letters.lower(free), 1) != null) {
            int number = names.getOrDefault(key, 1) + 1;
            names.put(key, number);
            free = name + " (" + number + ")";
        }
        return free;
    }
}

package dev.parley.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Signals of one sender as they cross a wire: who sends on the first line, then one on each.
record Bundle(String sender, List<Signal> signals) {
    /// @param largest of a bundle, in bytes of UTF-8
    static List<String> written(String sender, List<Signal> signals, int largest) {
        List<String> bundles = new ArrayList<>(1);
        StringBuilder bundle = new StringBuilder(sender);
        int size = sender.length();
        for (Signal signal : signals) {
            String line = '\n' + signal.line();
            int bytes = line.getBytes(UTF_8).length;
            if (size + bytes > largest) {
                bundles.add(bundle.toString());
                bundle = new StringBuilder(sender);
                size = sender.length();
            }
            bundle.append(line);
            size += bytes;
        }
        bundles.add(bundle.toString());
        return bundles;
    }

    static Bundle read(String bundle) {
        List<String> lines = bundle.lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("This is no news");
        }
        return new Bundle(
                lines.getFirst(), lines.stream().skip(1).map(Signal::of).toList());
    }
}

package dev.parley.models;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that a completion gave until it ended or failed.
record Collected(List<Piece> pieces, @Nullable ProviderException failure) {
    static Collected from(Completion completion) {
        List<Piece> pieces = new ArrayList<>();
        try (completion) {
            while (true) {
                Piece piece = completion.next();
                pieces.add(piece);
                if (piece instanceof Piece.End) {
                    return new Collected(pieces, null);
                }
            }
        } catch (ProviderException e) {
            return new Collected(pieces, e);
        }
    }

    String text() {
        return pieces.stream()
                .filter(Piece.Text.class::isInstance)
                .map(piece -> ((Piece.Text) piece).text())
                .collect(Collectors.joining());
    }

    String reasoning() {
        return pieces.stream()
                .filter(Piece.Reasoning.class::isInstance)
                .map(piece -> ((Piece.Reasoning) piece).text())
                .collect(Collectors.joining());
    }

    Piece.End end() {
        if (pieces.isEmpty() || !(pieces.getLast() instanceof Piece.End end)) {
            throw new AssertionError("No end but " + failure);
        }
        return end;
    }

    ProviderException failed() {
        if (failure == null) {
            throw new AssertionError("No failure but " + text());
        }
        return failure;
    }
}

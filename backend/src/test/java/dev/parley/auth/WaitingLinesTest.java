package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingLinesTest {
    private static final Standing OWNER = Standing.owner(new UserId(Ids.next()), "192.0.2.1");

    private final WaitingLines<String> lines = new WaitingLines<>(4);

    @Test
    void whoIsKnownWaitsForNoMoreThanOneStranger() {
        WaitingLines<String> flooded = new WaitingLines<>(256);
        for (int i = 0; i < 10_000; i++) {
            flooded.join("stranger " + i, stranger("network " + i));
        }
        // Whatever the flood's turns have been before.
        for (int turns = 0; turns < 4; turns++) {
            flooded.join("owner", OWNER);

            assertThat(List.of(String.valueOf(flooded.next()), String.valueOf(flooded.next())))
                    .contains("owner");
        }
    }

    @Test
    void whoComesFromAKnownNetworkWaitsForNoMoreThanOneStranger() {
        for (int turns = 0; turns < 4; turns++) {
            lines.join("stranger", stranger("somewhere"));
            lines.join("stranger", stranger("somewhere"));
            lines.join("neighbour", neighbour("home"));

            assertThat(List.of(String.valueOf(lines.next()), String.valueOf(lines.next())))
                    .contains("neighbour");
            lines.next();
            lines.next();
        }
    }

    @Test
    void strangersHaveEveryFourthTurnHoweverManyAreKnown() {
        WaitingLines<String> busy = new WaitingLines<>(100);
        for (int i = 0; i < 40; i++) {
            busy.join("owner", OWNER);
            busy.join("device", device("home", "ada"));
            busy.join("neighbour", neighbour("home"));
            busy.join("stranger", stranger("somewhere"));
        }
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            turns.add(String.valueOf(busy.next()));
        }

        assertThat(turns).filteredOn("stranger"::equals).hasSize(10);
        assertThat(turns).filteredOn("neighbour"::equals).hasSize(10);
        assertThat(turns).filteredOn("device"::equals).hasSize(10);
        assertThat(turns).filteredOn("owner"::equals).hasSize(10);
    }

    @Test
    void oneNetworkFillsTheLineOfDevicesForNobodyElseHoweverManyAccountsItHas() {
        for (int i = 0; i < 4; i++) {
            assertThat(lines.join("flood " + i, device("botnet", "throwaway " + i)))
                    .isNull();
        }

        assertThat(lines.join("ada", device("home", "ada"))).startsWith("flood");
        assertThat(lines.join("flood", device("botnet", "throwaway 9"))).isEqualTo("flood");
        assertThat(lines.join("bob", device("school", "bob"))).startsWith("flood");
        // Nor does it come before them.
        List<String> all = all();
        assertThat(all.getFirst()).startsWith("flood");
        assertThat(all.subList(1, 3)).containsExactly("ada", "bob");
        assertThat(all).hasSize(4);
    }

    @Test
    void withinANetworkAccountsTakeTurnsAndTheLargestGivesWay() {
        lines.join("bob 1", device("home", "bob"));
        lines.join("bob 2", device("home", "bob"));
        lines.join("bob 3", device("home", "bob"));
        lines.join("bob 4", device("home", "bob"));

        assertThat(lines.join("ada", device("home", "ada"))).isEqualTo("bob 4");
        assertThat(all()).containsExactly("bob 1", "ada", "bob 2", "bob 3");
    }

    @Test
    void devicesKeepNobodyOutWhoIsSignedIn() {
        for (int i = 0; i < 100; i++) {
            lines.join("device", device("network " + i, "throwaway " + i));
        }

        assertThat(lines.join("owner", OWNER)).isNull();
        assertThat(List.of(String.valueOf(lines.next()), String.valueOf(lines.next()), String.valueOf(lines.next())))
                .contains("owner");
    }

    @Test
    void oneNetworkHasOneTurnInACircleHoweverManyOfItWait() {
        lines.join("a1", stranger("a"));
        lines.join("a2", stranger("a"));
        lines.join("a3", stranger("a"));
        lines.join("b1", stranger("b"));

        assertThat(all()).containsExactly("a1", "b1", "a2", "a3");
    }

    @Test
    void whereALineIsFullTheLatestOfTheLargestShareGivesWay() {
        assertThat(join("a1", "a")).isNull();
        assertThat(join("a2", "a")).isNull();
        assertThat(join("a3", "a")).isNull();
        assertThat(join("b1", "b")).isNull();

        assertThat(join("c1", "c")).isEqualTo("a3");
        // Now a has two, and b and c one each.
        assertThat(join("b2", "b")).isEqualTo("b2");
        assertThat(join("a4", "a")).isEqualTo("a4");
        assertThat(join("d1", "d")).isEqualTo("a2");
        assertThat(join("e1", "e")).isEqualTo("e1");
        assertThat(all()).containsExactly("a1", "b1", "c1", "d1");
    }

    @Test
    void aFullLineOfStrangersKeepsNobodyOutWhoIsKnown() {
        for (int i = 0; i < 100; i++) {
            join("stranger", "network " + i);
        }

        assertThat(lines.join("neighbour", neighbour("home"))).isNull();
        assertThat(lines.join("owner", OWNER)).isNull();
    }

    @Test
    void whoLeavesHasNoTurnAndMakesRoom() {
        Standing somewhere = stranger("a");
        join("a1", "a");
        join("b1", "b");
        join("c1", "c");
        join("d1", "d");
        lines.leave("a1", somewhere);
        lines.leave("a1", somewhere);

        assertThat(join("e1", "e")).isNull();
        assertThat(all()).containsExactly("b1", "c1", "d1", "e1");
    }

    private @Nullable String join(String who, String network) {
        return lines.join(who, stranger(network));
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (String next = lines.next(); next != null; next = lines.next()) {
            all.add(next);
        }
        return all;
    }

    private static Standing stranger(String network) {
        return Standing.network(network, false);
    }

    private static Standing device(String network, String account) {
        return Standing.device(network, account, "device of " + account);
    }

    private static Standing neighbour(String network) {
        return Standing.network(network, true);
    }
}

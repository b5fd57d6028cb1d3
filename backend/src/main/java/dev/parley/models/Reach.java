package dev.parley.models;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a provider may be that an operator added in the browser. Such an address is less than one of the environment:
/// whoever gets hold of an operator's session could otherwise look around in the server's network, and ask a cloud for
/// the machine's own keys.
enum Reach {
    /// The internet alone.
    PUBLIC,
    /// Also this machine and its network, where an Ollama is.
    LOCAL,
    ANY;

    /// Where nobody has a provider: a cloud tells a machine its keys at some of these, others are no single machine.
    private static final List<Network> NEVER =
            Network.all("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8");
    /// Where clouds tell the same without being link-local: Alibaba, Azure, Oracle; Amazon and Google by IPv6.
    private static final List<Network> CLOUDS =
            Network.all("100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::/32");
    private static final List<Network> PRIVATE = Network.all(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "::1/128",
            "fc00::/7",
            "fec0::/10",
            "2001:db8::/32");

    /// IPv4 in the last four bytes: mapped, compatible, translated, and by NAT64.
    private static final List<Network> AT_END =
            Network.all("::ffff:0:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48");

    private static final List<Network> THIS_MACHINE = Network.all("::1/128");
    private static final List<Network> SIX_TO_FOUR = Network.all("2002::/16");
    private static final List<Network> TEREDO = Network.all("2001::/32");

    /// Of all the addresses of a name those that may be gone to.
    ///
    /// @throws Refused when there is none
    InetAddress[] allowed(InetAddress[] addresses) throws Refused {
        InetAddress[] allowed = Arrays.stream(addresses).filter(this::allows).toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new Refused();
        }
        return allowed;
    }

    boolean allows(InetAddress address) {
        if (this == ANY) {
            return true;
        }
        byte[] bytes = address.getAddress();
        byte[] inner = address instanceof Inet4Address ? bytes : carried(bytes);
        return !isRefused(bytes) && (inner.length == 0 || !isRefused(inner));
    }

    private boolean isRefused(byte[] address) {
        return isIn(NEVER, address) || isIn(CLOUDS, address) || (this == PUBLIC && isIn(PRIVATE, address));
    }

    private static boolean isIn(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.holds(address));
    }

    /// The IPv4 address that an IPv6 one leads to, by one of the ways in which they are carried; empty where it is
    /// none.
    private static byte[] carried(byte[] address) {
        if (isIn(THIS_MACHINE, address)) {
            return new byte[0];
        }
        if (isIn(AT_END, address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (isIn(SIX_TO_FOUR, address)) {
            return Arrays.copyOfRange(address, 2, 6);
        }
        if (isIn(TEREDO, address)) {
            byte[] hidden = Arrays.copyOfRange(address, 12, 16);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = (byte) ~hidden[i];
            }
            return hidden;
        }
        return new byte[0];
    }

    private record Network(List<Byte> address, int bits) {
        static List<Network> all(String... written) {
            return Arrays.stream(written).map(Network::of).toList();
        }

        private static Network of(String written) {
            String[] parts = written.split("/", 2);
            byte[] bytes = InetAddress.ofLiteral(parts[0]).getAddress();
            List<Byte> address = new ArrayList<>();
            for (byte one : bytes) {
                address.add(one);
            }
            return new Network(List.copyOf(address), Integer.parseInt(parts[1]));
        }

        boolean holds(byte[] other) {
            if (other.length != address.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address.get(bit / 8) & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The name leads only to where providers may not be.
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1;

        Refused() {
            super("PARLEY_PROVIDER_NETWORKS does not allow this address.");
        }
    }
}

package dev.parley.models;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Looks up where to connect, and refuses there: what was looked up is what is connected to, so that a name that leads
/// elsewhere a moment later leads nowhere. An address that is written as such comes here too, in whatever form.
record GuardedNames(Reach reach, DnsResolver names) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return reach.allowed(names.resolve(host));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

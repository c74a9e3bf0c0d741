package org.yinzheng.api.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Hosts that the operator lists, and no other. A name that leads to a private address counts only when that address is
/// listed too: a name is somebody else's to change.
public final class AllowedHosts {
    private final Set<String> hosts;

    /// @param hosts names or addresses, with a port when it is not that of http or https
    public AllowedHosts(Collection<String> hosts) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// Asks the name service.
    public boolean allow(URI uri) {
        var scheme = uri.getScheme();
        if ((!"http".equals(scheme) && !"https".equals(scheme))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null) {
            return false;
        }
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        int usual = "https".equals(scheme) ? 443 : 80;
        boolean listed = (uri.getPort() == -1 || uri.getPort() == usual)
                ? hosts.contains(host)
                : hosts.contains(host + ":" + uri.getPort());
        if (!listed) {
            return false;
        }
        try {
            for (var address : InetAddress.getAllByName(host)) {
                if (isPrivate(address) && !isListed(address, uri.getPort())) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean isListed(InetAddress address, int port) {
        var text = address.getHostAddress();
        return hosts.contains(text) || hosts.contains(text + ":" + port);
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc) // RFC 4193
                || (address.getAddress().length == 4
                        && (address.getAddress()[0] & 0xff) == 100
                        && (address.getAddress()[1] & 0xc0) == 64); // RFC 6598
    }
}

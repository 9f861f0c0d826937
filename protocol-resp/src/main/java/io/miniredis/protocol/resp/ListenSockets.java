package io.miniredis.protocol.resp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens the sockets a server listens with: all of them or none.
 *
 * <p>A socket of Java listens for IPv4 and IPv6 alike, so the wildcard addresses of both are one.
 */
final class ListenSockets {
    /** How often a free port that several addresses have in common is looked for. */
    private static final int PORT_ATTEMPTS = 20;

    private final int backlog;

    ListenSockets(int backlog) {
        this.backlog = backlog;
    }

    /**
     * Whether several sockets may listen on one address, and the system spreads connections over them.
     *
     * <p>Finding out opens and closes a channel. It is as well to have done that once at start: the first channel that is closed
     * makes the JDK open file descriptors of its own, and if there are none left then, it can never close one again.
     */
    static boolean sharingSupported() throws IOException {
        try (var channel = AsynchronousServerSocketChannel.open()) {
            return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    /**
     * Opens a socket for each address, as its only one.
     *
     * @param names as in {@link RespOptions.Builder#addresses}
     * @param port the port, or 0 for any that is free on all of them
     * @param group whose thread gets the connections
     */
    List<AsynchronousServerSocketChannel> open(List<String> names, int port, AsynchronousChannelGroup group)
            throws IOException {
        Map<InetAddress, Boolean> addresses = resolve(names);
        for (int attempt = 1; ; attempt++) {
            try {
                return openAll(addresses, port, group);
            } catch (BindException e) {
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Opens one more socket for each address. The addresses must be free or have only sockets that were opened like this.
     *
     * @param addresses where to listen
     * @param group whose thread gets the connections
     */
    List<AsynchronousServerSocketChannel> openShared(List<InetSocketAddress> addresses, AsynchronousChannelGroup group)
            throws IOException {
        var channels = new ArrayList<AsynchronousServerSocketChannel>();
        try {
            for (InetSocketAddress address : addresses) {
                channels.add(open(address, group, true));
            }
            return channels;
        } catch (IOException | RuntimeException e) {
            close(channels);
            throw e;
        }
    }

    static void close(List<AsynchronousServerSocketChannel> channels) throws IOException {
        for (AsynchronousServerSocketChannel channel : channels) {
            channel.close();
        }
    }

    /** The addresses, each with whether it may be missing. */
    private static Map<InetAddress, Boolean> resolve(List<String> names) throws UnknownHostException {
        var addresses = new LinkedHashMap<InetAddress, Boolean>();
        for (String name : names) {
            boolean optional = name.startsWith("-");
            String host = optional ? name.substring(1) : name;
            try {
                InetAddress address = InetAddress.getByName(host.equals("*") || host.equals("::*") ? "::" : host);
                addresses.putIfAbsent(address.isAnyLocalAddress() ? InetAddress.getByName("::") : address, optional);
            } catch (UnknownHostException e) {
                if (!optional) {
                    throw e;
                }
            }
        }
        return addresses;
    }

    private List<AsynchronousServerSocketChannel> openAll(
            Map<InetAddress, Boolean> addresses, int port, AsynchronousChannelGroup group) throws IOException {
        var channels = new ArrayList<AsynchronousServerSocketChannel>();
        int common = port;
        try {
            for (Map.Entry<InetAddress, Boolean> address : addresses.entrySet()) {
                boolean optional = address.getValue();
                if (optional && !isLocal(address.getKey(), group)) {
                    continue;
                }
                var channel = open(new InetSocketAddress(address.getKey(), common), group, false);
                channels.add(channel);
                common = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            }
            if (channels.isEmpty()) {
                throw new BindException("this machine has none of the addresses " + addresses.keySet());
            }
            return channels;
        } catch (IOException | RuntimeException e) {
            close(channels);
            throw e;
        }
    }

    private boolean isLocal(InetAddress address, AsynchronousChannelGroup group) {
        try (var channel = open(new InetSocketAddress(address, 0), group, false)) {
            return channel.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    private AsynchronousServerSocketChannel open(
            InetSocketAddress address, AsynchronousChannelGroup group, boolean shared) throws IOException {
        var channel = AsynchronousServerSocketChannel.open(group);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return channel.bind(address, backlog);
        } catch (BindException e) {
            channel.close();
            var named = new BindException(AddressText.of(address) + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}

package io.miniredis.protocol.resp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
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
        try (var channel = ServerSocketChannel.open()) {
            return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
        }
    }

    /**
     * Finds out where can be listened. Nobody can connect meanwhile: whoever did would be cut off when the sockets are opened that stay.
     *
     * @param names as in {@link RespOptions.Builder#addresses}
     * @param port the port, or 0 for any that is free on all of them
     * @return the addresses that this machine has, none of them taken
     * @throws BindException if one is taken or is not this machine's
     */
    static List<InetSocketAddress> free(List<String> names, int port) throws IOException {
        Map<InetAddress, Boolean> addresses = resolve(names);
        for (int attempt = 1; ; attempt++) {
            try {
                return free(addresses, port);
            } catch (BindException e) {
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Opens a socket for each address.
     *
     * @param addresses where to listen
     * @param group whose thread gets the connections
     * @param shared whether more sockets are to be opened for these addresses, which must be free or have only such sockets
     */
    List<AsynchronousServerSocketChannel> open(
            List<InetSocketAddress> addresses, AsynchronousChannelGroup group, boolean shared) throws IOException {
        var channels = new ArrayList<AsynchronousServerSocketChannel>();
        try {
            for (InetSocketAddress address : addresses) {
                channels.add(open(address, group, shared));
            }
            return channels;
        } catch (IOException | RuntimeException e) {
            for (AsynchronousServerSocketChannel channel : channels) {
                channel.close();
            }
            throw e;
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

    private static List<InetSocketAddress> free(Map<InetAddress, Boolean> addresses, int port) throws IOException {
        var found = new ArrayList<InetSocketAddress>();
        int common = port;
        for (Map.Entry<InetAddress, Boolean> address : addresses.entrySet()) {
            boolean optional = address.getValue();
            if (!optional || isLocal(address.getKey())) {
                common = freePort(new InetSocketAddress(address.getKey(), common));
                found.add(new InetSocketAddress(address.getKey(), common));
            }
        }
        if (found.isEmpty()) {
            throw new BindException("this machine has none of the addresses " + addresses.keySet());
        }
        return found;
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return freePort(new InetSocketAddress(address, 0)) != 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The port of an address, or if that is 0 any that is free there. Binds a client's socket, which does not listen. */
    private static int freePort(InetSocketAddress address) throws IOException {
        try (var channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return ((InetSocketAddress) channel.bind(address).getLocalAddress()).getPort();
        } catch (BindException e) {
            throw named(address, e);
        }
    }

    private static BindException named(InetSocketAddress address, BindException e) {
        var named = new BindException(AddressText.of(address) + ": " + e.getMessage());
        named.initCause(e);
        return named;
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
            throw named(address, e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}

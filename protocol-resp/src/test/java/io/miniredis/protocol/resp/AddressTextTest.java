package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:6379",
        "::1, [::1]:6379",
        "::, [::]:6379",
        "fe80:0:0:0:1:0:0:2, [fe80::1:0:0:2]:6379",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:6379",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:6379",
        "1:2:3:4:5:6:0:0, [1:2:3:4:5:6::]:6379",
    })
    void asRedisPrintsIt(String address, String text) throws UnknownHostException {
        assertEquals(text, AddressText.of(new InetSocketAddress(InetAddress.getByName(address), 6379)));
    }
}

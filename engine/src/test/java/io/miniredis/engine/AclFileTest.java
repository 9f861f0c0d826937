package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ACL LOAD}, {@code ACL SAVE}, and users of the configuration. */
final class AclFileTest {
    private static final String OPEN = "user default on nopass ~* &* +@all\n";
    private static final String NOTHING_CHANGED =
            "WARNING: ACL errors detected, no change to the previously active ACL rules was performed";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("users.acl");
    }

    private TestEngine engineWith(String text) throws IOException {
        Files.writeString(file(), text, ISO_8859_1);
        return TestEngine.create().set("aclfile", file().toString()).start();
    }

    @Test
    void usersAreThereFromTheStart() throws Exception {
        try (TestEngine engine = engineWith(OPEN + "\n  user bob on >x   +get ~k \r\n")) {
            TestClient client = engine.connect();
            assertEquals(
                    "['user bob on #" + Passwords.hash("x".getBytes(ISO_8859_1)) + " ~k resetchannels -@all +get',"
                            + " 'user default on nopass ~* &* +@all']",
                    client.run("ACL LIST"));
        }
    }

    @Test
    void aFileThatDoesNotMentionTheDefaultUserLeavesItOpen() throws Exception {
        try (TestEngine engine = engineWith("user bob on\n")) {
            assertEquals("['bob', 'default']", engine.connect().run("ACL USERS"));
        }
    }

    @Test
    void whatIsSavedIsLoadedAgain() throws Exception {
        try (TestEngine engine = engineWith(OPEN)) {
            TestClient client = engine.connect();
            client.send(
                    "ACL", "SETUSER", "b\u00e4r", "on", ">\u00ff", "%R~\u00ff*", "&c", "+@all", "-@admin", "(+get ~x)");
            String before = client.run("ACL LIST");
            assertEquals("+OK", client.run("ACL SAVE"));
            client.run("ACL SETUSER bob on");
            assertEquals("+OK", client.run("ACL LOAD"));
            assertEquals(before, client.run("ACL LIST"));
            try (Stream<Path> files = Files.list(folder)) {
                assertEquals(List.of(file()), files.toList());
            }
        }
    }

    @Test
    void loadingClosesTheClientsOfAllUsersButTheDefault() throws Exception {
        try (TestEngine engine = engineWith(OPEN + "user bob on nopass +@all\n")) {
            TestClient first = engine.connect();
            TestClient second = engine.connect();
            TestClient other = engine.connect();
            first.run("AUTH bob x");
            second.run("AUTH bob x");
            assertEquals("+OK", first.run("ACL LOAD"));
            assertTrue(first.connection.closedAfterReply);
            assertTrue(second.connection.closed);
            assertFalse(other.connection.closed);
        }
    }

    @Test
    void allThatIsWrongIsReportedAndNothingChanges() throws Exception {
        try (TestEngine engine = engineWith(OPEN + "user bob on\n")) {
            TestClient client = engine.connect();
            String before = client.run("ACL LIST");
            Files.writeString(
                    file(),
                    "# comment\nuser\nuser a +nosuch +@nosuch\nuser b get >x <y\nuser b on\nuser c (+get\nuser d\ton off\n");
            String place = file() + ":";
            assertEquals(
                    "-ERR " + place + "1 should start with user keyword followed by the username. " + place
                            + "2 should start with user keyword followed by the username. " + place
                            + "3: Error in applying operation '+nosuch': Unknown command or category name in ACL. "
                            + place
                            + "3: Error in applying operation '+@nosuch': Unknown command or category name in ACL. "
                            + place
                            + "4: Syntax error. WARNING: Duplicate user 'b' found on line 5. " + place
                            + "6: Unmatched parenthesis in selector definition.'" + place
                            + "7: username 'd\ton' contains invalid characters. " + NOTHING_CHANGED,
                    client.run("ACL LOAD"));
            assertEquals(before, client.run("ACL LIST"));
            Files.delete(file());
            assertEquals(
                    "-ERR Error loading ACLs, opening file '" + file() + "': No such file or directory",
                    client.run("ACL LOAD"));
            assertEquals(before, client.run("ACL LIST"));
        }
    }

    @Test
    void withoutAFileThereIsNothingToLoadOrSave() {
        try (TestEngine engine = TestEngine.started()) {
            String error = "-ERR This Redis instance is not configured to use an ACL file.";
            assertTrue(engine.connect().run("ACL LOAD").startsWith(error));
            assertTrue(engine.connect().run("ACL SAVE").startsWith(error));
        }
    }

    @Test
    void aFileThatCannotBeWrittenStays() throws Exception {
        try (TestEngine engine = engineWith(OPEN)) {
            Files.delete(file());
            Files.delete(folder);
            assertEquals(
                    "-ERR There was an error trying to save the ACLs. Please check the server logs for more information",
                    engine.connect().run("ACL SAVE"));
            Files.createDirectory(folder);
        }
    }

    @Test
    void usersOfTheConfigurationAreThereFromTheStart() {
        try (TestEngine engine = TestEngine.create()
                .set("requirepass", "pw")
                .user("bob", "on", "nopass", "+acl")
                .user("default", "on", ">other", "+ping")
                .start()) {
            TestClient client = engine.connect();
            client.run("AUTH bob x");
            assertEquals(
                    "['user bob on nopass resetchannels -@all +acl', 'user default on sanitize-payload #"
                            + Passwords.hash("other".getBytes(ISO_8859_1)) + " resetchannels -@all +ping']",
                    client.run("ACL LIST"));
        }
    }

    @Test
    void aStartWithWrongUsersFails() {
        assertEquals(
                "file:1: Error in ACL SETUSER modifier '+nosuch': Unknown command or category name in ACL",
                failure(TestEngine.create().user("bob", "+nosuch")));
        assertEquals(
                "file:1: the user 'bob' was defined before",
                failure(TestEngine.create().user("bob", "on").user("bob", "off")));
        assertEquals(
                "file:1: Usernames can't contain spaces or null characters",
                failure(TestEngine.create().user("a b")));
        assertEquals(
                "file:1: users are either in the configuration or in the aclfile none, not in both",
                failure(TestEngine.create().set("aclfile", "none").user("bob", "on")));
        assertEquals(
                "Error loading ACLs, opening file '/none/users.acl': No such file or directory",
                failure(TestEngine.create().set("aclfile", "/none/users.acl")));
    }

    private static String failure(TestEngine engine) {
        return assertThrows(IllegalArgumentException.class, engine::start).getMessage();
    }
}

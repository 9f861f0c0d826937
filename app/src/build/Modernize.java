import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar, and writes what is compiled for Java 5 or before as classes of Java 8: the same code, with the frames that let Java
 * check it quickly, and before it runs. Only such classes can be linked in an archive.
 *
 * <p>Arguments: the jar, and the copy.
 */
final class Modernize {
    private Modernize() {}

    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        try (ZipFile jar = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(Path.of(args[1]));
                ZipOutputStream copy = new ZipOutputStream(file);
                URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()})) {
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                copy.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    copy.write(entry.getName().endsWith(".class") ? modern(bytes, classes) : bytes);
                }
                copy.closeEntry();
            }
        }
    }

    private static byte[] modern(byte[] bytes, ClassLoader classes) {
        int major = (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
        if (major > Opcodes.V1_5) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes;
            }
        };
        ClassVisitor newer = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
            }
        };
        new ClassReader(bytes).accept(newer, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}

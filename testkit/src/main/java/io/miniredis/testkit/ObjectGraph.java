package io.miniredis.testkit;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.Layout;
import io.miniredis.api.ValueType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an object and all that it refers to occupy in this JVM. Classes, enum constants, types, pools and threads belong to nobody, and are
 * left out with what they refer to.
 *
 * <p>Fields are read by reflection, so the packages of the objects must be open to this module.
 */
final class ObjectGraph {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> left = new ArrayDeque<>();
    private final Map<Class<?>, Shape> shapes = new HashMap<>();

    /** What all objects of a class have in common. */
    private record Shape(List<Field> references, long bytes) {}

    private ObjectGraph() {}

    /**
     * What an object occupies, without what it shares with another one.
     *
     * @param root the object
     * @param other what belongs to it too is not counted
     * @return bytes of heap
     */
    static long bytes(Object root, Object other) {
        ObjectGraph graph = new ObjectGraph();
        graph.walk(other);
        return graph.walk(root);
    }

    /** What some objects occupy together. */
    static long bytes(List<Object> roots) {
        ObjectGraph graph = new ObjectGraph();
        return roots.stream().mapToLong(graph::walk).sum();
    }

    /** What those objects occupy that were not walked over before. */
    private long walk(Object root) {
        long bytes = 0;
        reach(root);
        while (!left.isEmpty()) {
            Object object = left.remove();
            bytes += object.getClass().isArray() ? visitArray(object) : visit(object);
        }
        return bytes;
    }

    private void reach(Object object) {
        if (object != null && !isNobodys(object) && seen.add(object)) {
            left.add(object);
        }
    }

    private static boolean isNobodys(Object object) {
        return object instanceof Class
                || object instanceof Enum
                || object instanceof ClassLoader
                || object instanceof Module
                || object instanceof Thread
                || object instanceof ArrayPool
                || object instanceof ValueType;
    }

    private long visitArray(Object array) {
        int length = Array.getLength(array);
        Class<?> component = array.getClass().getComponentType();
        if (component.isPrimitive()) {
            long bytes = (long) length * bytesOf(component);
            return bytesOf(component) == Long.BYTES ? Layout.longs(length) : Layout.bytes(bytes);
        }
        for (Object element : (Object[]) array) {
            reach(element);
        }
        return Layout.references(length);
    }

    private long visit(Object object) {
        Shape shape = shapes.computeIfAbsent(object.getClass(), ObjectGraph::shapeOf);
        for (Field field : shape.references) {
            reach(valueOf(field, object));
        }
        return shape.bytes;
    }

    private static Object valueOf(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the field was made accessible", e);
        }
    }

    private static Shape shapeOf(Class<?> type) {
        List<Field> references = new ArrayList<>();
        int otherBytes = 0;
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (field.getType().isPrimitive()) {
                    otherBytes += bytesOf(field.getType());
                } else {
                    references.add(accessible(field));
                }
            }
        }
        return new Shape(references, Layout.object(references.size(), otherBytes));
    }

    private static Field accessible(Field field) {
        try {
            field.setAccessible(true);
            return field;
        } catch (InaccessibleObjectException e) {
            Class<?> owner = field.getDeclaringClass();
            Module reader = ObjectGraph.class.getModule();
            throw new AssertionError(
                    owner.getName()
                            + " cannot be looked into to be weighed: start the JVM of the tests with --add-opens "
                            + owner.getModule().getName() + "/" + owner.getPackageName() + "="
                            + (reader.isNamed() ? reader.getName() : "ALL-UNNAMED"),
                    e);
        }
    }

    private static int bytesOf(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return Long.BYTES;
        }
        if (primitive == int.class || primitive == float.class) {
            return Integer.BYTES;
        }
        return primitive == short.class || primitive == char.class ? Short.BYTES : 1;
    }
}

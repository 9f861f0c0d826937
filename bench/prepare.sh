# Sourced by jmh and compare: builds what they run if it is missing or older than its sources.
# Sets root, and class_path.

root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P) || exit 1
class_path=$root/bench/target/classpath

is_current() {
    [ -f "$class_path" ] || return 1
    newer=$(cd "$root" && find pom.xml ./*/pom.xml ./*/src/main examples/eviction-tinylfu/src/main -newer bench/target/classpath -print) || return 1
    [ -z "$newer" ]
}

if ! is_current; then
    echo "building the benchmarks ..." >&2
    log=$root/bench/target/build.log
    mkdir -p "$root/bench/target" || exit 1
    if ! (cd "$root" && exec mvn --batch-mode -Dmaven.test.skip=true -pl bench -am package) >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        exit 1
    fi
    touch "$class_path"
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
class_path=$root/bench/target/classes:$(cat "$class_path")

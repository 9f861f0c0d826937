package io.miniredis.engine;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.Dispatcher;
import io.miniredis.api.transport.Session;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server without its sockets: commands, keyspace, clients, expiry, eviction and plugins, joined. Made stopped; {@link
 * #start} finds the providers, {@link #close} stops what was started. Thread-safe.
 */
public final class Engine implements Dispatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** The version of Redis whose behaviour this server shows. */
    static final String REDIS_VERSION = "7.0.15";

    private static final long CYCLE_MILLIS = 100;

    /** How often expired keys are looked for. */
    static final long CYCLES_PER_SECOND = 1000 / CYCLE_MILLIS;

    /** How soon a cycle follows one that had to stop: as long as that worked, so that they take half a processor. */
    private static final long NEXT_CYCLE_MILLIS = 25;

    /** How long who moves the clock waits for tasks that are due then. */
    private static final long TASKS_MILLIS = 10_000;

    private static final int BACKGROUND_TASKS = 1024;

    private static final String PROTECTED =
            "DENIED Redis is running in protected mode because protected mode is enabled and no"
                    + " password is set for the default user. In this mode connections are only accepted from the loopback interface. If"
                    + " you want to connect from external computers to Redis you may adopt one of the following solutions: 1) Just"
                    + " disable protected mode sending the command 'CONFIG SET protected-mode no' from the loopback interface by"
                    + " connecting to Redis from the same host the server is running, however MAKE SURE Redis is not publicly"
                    + " accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you"
                    + " can just disable the protected mode by editing the Redis configuration file, and setting the protected mode"
                    + " option to 'no', and then restarting the server. 3) If you started the server manually just for testing, restart"
                    + " it with the '--protected-mode no' option. 4) Setup a an authentication password for the default user. NOTE: You"
                    + " only need to do one of the above things in order for the server to start accepting connections from the"
                    + " outside.";

    private static final String REQUIREPASS = "requirepass";

    private static final int MAX_ERROR_CODES = 128;

    /** What errors are counted as whose code is new when there are {@link #MAX_ERROR_CODES}. */
    private static final String OTHER_ERRORS = "OTHER";

    /** How often it is looked whether the requests have ended that others run. */
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final Settings settings;
    private final Ticker ticker;
    private final Host host;
    private final Databases databases;
    private final Evictions evictions;
    private final Waiters waiters;
    private final Outboxes outboxes;
    private final PubSub pubSub;
    private final TrackingTable tracking;
    private final Monitors monitors = new Monitors(this);
    private final Notifications notifications = new Notifications(this);
    private final Schedule schedule;
    private final Pause pause;
    private final SlowLog slowLog;
    private final LatencyMonitor latencyMonitor;
    private final Users users;
    private final AclLog aclLog;
    private final ExpiryCycle expiry;
    private final Types types = new Types();
    private final Listeners listeners = new Listeners();
    private final Plugins plugins;
    private PluginConfiguration pluginConfiguration = new PluginConfiguration();
    private final List<ConfiguredUser> configuredUsers = new ArrayList<>();
    private final List<Provider> providers = new CopyOnWriteArrayList<>();

    /** Does what would keep an I/O thread too long. */
    private final ThreadPoolExecutor background =
            PluginServices.threads("server", Engine.class.getClassLoader(), 1, BACKGROUND_TASKS);

    /** Providers that come before the image's services; see {@link #add}. */
    private final List<CommandHandler> givenCommands = new ArrayList<>();

    private final List<ValueType<?>> givenTypes = new ArrayList<>();
    private final List<EvictionPolicy> givenPolicies = new ArrayList<>();

    private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(this::newWorker);
    private final List<Worker> allWorkers = new CopyOnWriteArrayList<>();
    private final CommandNumbers commandNumbers = new CommandNumbers();
    private volatile CommandTable commands = CommandTable.of(List.of());

    private final LongAdder queuedBytes = new LongAdder();
    private final Map<Long, ClientSession> clients = new ConcurrentSkipListMap<>();
    private final AtomicInteger clientCount = new AtomicInteger();
    private final AtomicLong clientIds = new AtomicLong();
    private final LongAdder connectionsReceived = new LongAdder();
    private final LongAdder connectionsRejected = new LongAdder();
    private final Map<String, LongAdder> errorsByCode = new ConcurrentHashMap<>();
    private final ServerFacts facts;

    /** What had been counted when CONFIG RESETSTAT was called last; subtracted, since nobody but a worker writes its own counts. */
    private volatile Counters countedAtReset = new Counters();

    /** The same of commands, by their numbers, and of one that has gone since, what had been counted until then. */
    private final Map<Integer, CommandStats> statsAtReset = new ConcurrentHashMap<>();

    private final Rate commandRate = new Rate();
    private final Rate inputRate = new Rate();
    private final Rate outputRate = new Rate();

    /** The most that the data has occupied, as it was looked at every so often. */
    private final AtomicLong peakBytes = new AtomicLong();

    /** How long the expiry cycles have taken. */
    private final LongAdder expireNanos = new LongAdder();

    private volatile Thread cycle;
    private volatile Thread evictor;
    private volatile Thread timer;

    private volatile boolean closed;

    /** What {@code requirepass} said last. */
    private volatile String password = "";

    /** Whether all providers that the settings may refer to have been looked for. */
    private volatile boolean inEffect;

    /** Whether keys that nobody asks for are removed when they have expired; for tests of clients, which switch it off. */
    private volatile boolean expiresActively = true;

    /** A user of the configuration file. */
    private record ConfiguredUser(String place, List<String> words) {}

    /** Where providers came from, for the log and INFO. */
    record Provider(String name, String version, Path source, int commands) {}

    /**
     * Creates a stopped engine.
     *
     * @param settings directives, all set
     * @param ticker the clock
     * @param host the program around it
     */
    public Engine(Settings settings, Ticker ticker, Host host) {
        this(settings, ticker, host, HeapBudget::ofThisProcess);
    }

    Engine(Settings settings, Ticker ticker, Host host, Supplier<HeapBudget> heap) {
        this.settings = settings;
        this.ticker = ticker;
        this.host = host;
        databases = new Databases(
                shardsFor((int) settings.number("io-threads")),
                (int) settings.number("databases"),
                new SecureRandom().nextLong());
        evictions = new Evictions(databases, settings, ticker, heap);
        users = new Users(settings);
        aclLog = new AclLog(settings);
        waiters = new Waiters(databases, ticker);
        outboxes = new Outboxes(this);
        pubSub = new PubSub(databases, outboxes);
        tracking = new TrackingTable(this);
        schedule = new Schedule(ticker);
        pause = new Pause(ticker);
        slowLog = new SlowLog(settings);
        latencyMonitor = new LatencyMonitor(settings, ticker);
        expiry = new ExpiryCycle(databases, ticker);
        plugins = new Plugins(this);
        facts = new ServerFacts(ticker);
    }

    /** One thread needs no second lock; several rarely meet, even with commands of ten keys, when there are many more shards than threads. */
    private static int shardsFor(int threads) {
        return threads == 1 ? 1 : Integer.highestOneBit(threads * 128);
    }

    /**
     * Adds a command that is given as an object, in the place of a service of the same name. To be called before {@link #start}.
     *
     * @param handler the command
     */
    public void add(CommandHandler handler) {
        givenCommands.add(handler);
    }

    /**
     * Adds a type that is given as an object, in the place of a service of the same name. To be called before {@link #start}.
     *
     * @param type the type
     */
    public void add(ValueType<?> type) {
        givenTypes.add(type);
    }

    /**
     * Adds a policy that is given as an object, in the place of a service of the same name. To be called before {@link #start}.
     *
     * @param policy the policy
     */
    public void add(EvictionPolicy policy) {
        givenPolicies.add(policy);
    }

    /**
     * Says what plugins are given. To be called before {@link #start}.
     *
     * @param configuration arguments and options; not to be changed any more
     */
    public void configurePlugins(PluginConfiguration configuration) {
        pluginConfiguration = configuration;
    }

    /**
     * Adds a user. To be called before {@link #start}, where its rules are looked at.
     *
     * @param place where the user stands, to begin a message with
     * @param words the user's name, then rules as those of ACL SETUSER
     */
    public void configureUser(String place, List<String> words) {
        configuredUsers.add(new ConfiguredUser(place, List.copyOf(words)));
    }

    PluginConfiguration pluginConfiguration() {
        return pluginConfiguration;
    }

    /**
     * Finds the commands, types and policies of the image and of the plugins, and starts expiry.
     *
     * @param pluginFolder where plugin jars lie; it need not exist
     * @throws IllegalArgumentException if the image's providers contradict each other, the policy is unknown, or what is said of
     *     users cannot be followed
     */
    public void start(Path pluginFolder) {
        addImageProviders();
        plugins.loadAll(pluginFolder);
        takeEffect();
        addUsers();
        cycle = startDaemon("miniredis-expiry", this::cycles);
        evictor = startDaemon("miniredis-evictions", () -> evictions.cycle().run(worker()));
        timer = startDaemon("miniredis-timeouts", waiters);
        schedule.start();
    }

    /** Takes the users from their file or from the configuration, now that all commands are known that rules may name. */
    void addUsers() {
        String file = settings.get("aclfile");
        if (!file.isEmpty() && !configuredUsers.isEmpty()) {
            throw new IllegalArgumentException(configuredUsers.get(0).place
                    + ": users are either in the configuration or in the aclfile " + file + ", not in both");
        }
        try {
            if (!file.isEmpty()) {
                if (!settings.get(REQUIREPASS).isEmpty()) {
                    LOG.warn("requirepass has no effect, because the users are those of the aclfile {}", file);
                }
                loadUsers(new AclFile(file));
            }
        } catch (BadRule e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Set<String> names = new HashSet<>();
        for (ConfiguredUser user : configuredUsers) {
            if (!names.add(user.words.get(0))) {
                throw new IllegalArgumentException(
                        user.place + ": the user '" + user.words.get(0) + "' was defined before");
            }
            add(user);
        }
    }

    private void add(ConfiguredUser user) {
        List<String> words = user.words.stream().map(Users::bytes).toList();
        String name = words.get(0);
        List<String> rules = new ArrayList<>(words.subList(1, words.size()));
        if (name.equals(Users.DEFAULT)) {
            rules.add(0, "reset");
        }
        try {
            users.checkName(name);
            users.change(name, rules);
        } catch (BadRule e) {
            throw new IllegalArgumentException(user.place + ": " + e.getMessage(), e);
        }
    }

    /**
     * Takes the users from a file, and closes the connections of all others.
     *
     * @throws BadRule if it cannot be read or is wrong; nothing has changed
     */
    void loadUsers(AclFile file) throws BadRule {
        users.replace(file).forEach(this::closeClientsOf);
    }

    /**
     * The users as they are to stand in the configuration file. Thread-safe.
     *
     * @return a line for each, a char for each byte; none if they are kept in an {@code aclfile}; without the user {@code default} if all
     *     there is to say of it is {@code requirepass}
     */
    public List<String> userLines() {
        return settings.get("aclfile").isEmpty() ? users.describe(settings.get(REQUIREPASS)) : List.of();
    }

    private static Thread startDaemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Finds what the image provides. */
    void addImageProviders() {
        ClassLoader loader = Engine.class.getClassLoader();
        List<Object> found = new ArrayList<>();
        List<Command> handlers = new ArrayList<>();
        List<ValueType<?>> typeServices = new ArrayList<>();
        ServiceLoader.load(ValueType.class, loader).forEach(typeServices::add);
        for (ValueType<?> type : givenOr(typeServices, givenTypes, ValueType::name)) {
            types.add(type);
            found.add(type);
        }
        for (CommandHandler handler :
                givenOr(ServiceLoader.load(CommandHandler.class, loader), givenCommands, Engine::nameOf)) {
            handlers.add(imageCommand(handler));
            found.add(handler);
        }
        for (EvictionPolicy policy :
                givenOr(ServiceLoader.load(EvictionPolicy.class, loader), givenPolicies, EvictionPolicy::name)) {
            evictions.add(policy);
            found.add(policy);
        }
        types.countFromHere();
        commands(CommandTable.of(handlers));
        noteImageProviders(found);
    }

    /** What is given, and those services in whose place nothing is given. */
    private static <T> List<T> givenOr(Iterable<? extends T> services, List<T> given, Function<T, String> name) {
        Set<String> names = given.stream().map(name).collect(Collectors.toSet());
        List<T> all = new ArrayList<>(given);
        for (T service : services) {
            if (!names.contains(name.apply(service))) {
                all.add(service);
            }
        }
        return all;
    }

    private static String nameOf(CommandHandler handler) {
        return handler.spec() == null ? "" : handler.spec().name(); // without a spec it is refused soon
    }

    /** Works by the settings from here on, now that all policies are known. */
    void takeEffect() {
        inEffect = true;
        policiesChanged(worker().locks);
        settings.listen(changed -> evictions.configure(worker().locks));
        heed(changed -> outboxes.configure());
        heed(changed -> notifications.configure());
        settings.listen(changed -> tracking.configure(worker()));
        heed(changed -> password(changed.get(REQUIREPASS)));
    }

    /** Has somebody take up the settings as they are now, and after each change. */
    private void heed(Settings.Listener listener) {
        listener.changed(settings);
        settings.listen(listener);
    }

    /** Gives the default user its password, unless it is the one that was given last. */
    private void password(String requirepass) {
        if (!requirepass.equals(password)) {
            password = requirepass;
            users.defaultPassword(requirepass);
            worker().rulesChanged();
        }
    }

    /** Closes the connections of who has authenticated as a user that is gone. */
    void closeClientsOf(AclUser user) {
        for (ClientSession client : clients.values()) {
            if (client.user() == user) {
                client.loseUser();
            }
        }
    }

    /** Notes that there are other eviction policies now. Takes all locks, and lets go of them. */
    void policiesChanged(ShardLocks locks) {
        if (inEffect) {
            settings.allowPolicies(evictions.policyNames());
            evictions.configure(locks);
        }
    }

    private Command imageCommand(CommandHandler handler) {
        return newCommand(handler, new Origin(originOf(handler.getClass().getModule()), false, background));
    }

    /** Counts the commands of each module that provides anything. */
    private void noteImageProviders(List<Object> found) {
        Map<Module, Integer> commandsOf = new LinkedHashMap<>();
        for (Object provider : found) {
            commandsOf.merge(provider.getClass().getModule(), provider instanceof CommandHandler ? 1 : 0, Integer::sum);
        }
        commandsOf.forEach((module, count) -> {
            String version =
                    module.isNamed() ? module.getDescriptor().rawVersion().orElse("") : "";
            Provider provider = new Provider(originOf(module), version, null, count);
            providers.add(provider);
            note(provider);
        });
    }

    private static String originOf(Module module) {
        return module.isNamed() ? module.getName() : "the class path";
    }

    /** Says in the log what a plugin brings. */
    void note(InstalledPlugin plugin) {
        note(providerOf(plugin));
    }

    private static Provider providerOf(InstalledPlugin plugin) {
        PluginLoader.Found found = plugin.found();
        return new Provider(
                found.name(), found.version(), found.source(), plugin.commands().size());
    }

    private static void note(Provider provider) {
        LOG.info(
                "Module {} {}: {} commands{}",
                provider.name,
                provider.version,
                provider.commands,
                provider.source == null ? "" : ", from " + provider.source);
    }

    /** Takes a plugin in, or says in the log why not. */
    void install(PluginLoader.Found plugin) {
        try {
            plugins.install(plugin, Plugins.Given.NOTHING);
        } catch (Throwable e) { // a plugin may throw anything
            LOG.error("Plugin {} is not loaded: {}", plugin.source(), PluginLoader.reason(e));
        }
    }

    /**
     * Takes in a plugin that is given as an object, as if it had been loaded from a jar.
     *
     * @param name the plugin's name
     * @param plugin what it does and provides
     * @throws Exception whatever the plugin throws when it is started; then nothing has changed
     */
    public void install(String name, Plugin plugin) throws Exception {
        plugins.install(PluginLoader.found(name, plugin), Plugins.Given.NOTHING);
    }

    Plugins plugins() {
        return plugins;
    }

    Command newCommand(CommandHandler handler, Origin origin) {
        return new Command(handler, origin, commandNumbers);
    }

    /** Ends the waiting of all who wait for a command that goes. All locks are held. */
    void endWaiting(Command command) {
        for (ClientSession client : clients.values()) {
            Waiter waiter = client.waiter();
            if (waiter != null && waiter.end() == null && waiter.command.isOf(command)) {
                waiters.end(waiter, Waiter.End.WITHDRAWN);
            }
        }
    }

    /**
     * Waits until the requests have ended that run on other threads now.
     *
     * @return whether they have
     */
    boolean awaitRuns(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Worker worker : allWorkers) {
            int runs = worker.runs();
            while (runs % 2 != 0 && worker.runs() == runs && worker.thread != Thread.currentThread()) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return true;
    }

    private Worker newWorker() {
        Worker worker = new Worker(this);
        allWorkers.add(worker);
        return worker;
    }

    /** The calling thread's worker. */
    Worker worker() {
        return workers.get();
    }

    @Override
    public Session connected(Connection connection) {
        if (isProtectedFrom(connection)) {
            connectionsRejected.increment();
            return null;
        }
        connectionsReceived.increment();
        if (clientCount.incrementAndGet() > settings.maxClients()) {
            clientCount.decrementAndGet();
            connectionsRejected.increment();
            return null;
        }
        ClientSession session = new ClientSession(this, connection, clientIds.incrementAndGet());
        clients.put(session.id(), session);
        return session;
    }

    void disconnected(ClientSession session) {
        worker().forget(session);
        if (clients.remove(session.id()) != null) {
            clientCount.decrementAndGet();
        }
    }

    /** Whether the client comes from elsewhere, and anybody could do anything here. */
    private boolean isProtectedFrom(Connection connection) {
        return users.defaultUser().rules().anyPassword()
                && settings.get("protected-mode").equals("yes")
                && !ClientSession.isLocal(connection);
    }

    @Override
    public String refusal(Connection connection) {
        return isProtectedFrom(connection) ? PROTECTED : refusal();
    }

    @Override
    public String refusal() {
        return "ERR max number of clients reached";
    }

    @Override
    public void protocolError(String message) {
        worker().counters.errors++;
        countError(message);
    }

    @Override
    public void traffic(long inputBytes, long outputBytes) {
        Counters counters = worker().counters;
        counters.inputBytes += inputBytes;
        counters.outputBytes += outputBytes;
        counters.reads += inputBytes > 0 ? 1 : 0;
    }

    @Override
    public void writing() {
        worker().counters.writes++;
    }

    /** Counts an error by its code, the first word. What plugins answer may begin with anything: see {@link #OTHER_ERRORS}. */
    void countError(String message) {
        int blank = message.indexOf(' ');
        String code = blank < 0 ? message : message.substring(0, blank);
        LongAdder count = errorsByCode.get(code);
        if (count == null) {
            String counted = errorsByCode.size() < MAX_ERROR_CODES ? code : OTHER_ERRORS;
            count = errorsByCode.computeIfAbsent(counted, unused -> new LongAdder());
        }
        count.increment();
    }

    /** Expires keys every so often until the engine is closed. */
    private void cycles() {
        boolean isMoreLeft = false;
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(isMoreLeft ? NEXT_CYCLE_MILLIS : CYCLE_MILLIS);
                evictions.heap(); // so that it is known before a client has to wait for it
                pause.isOn(); // for who waits for its end
                long began = ticker.nanos();
                isMoreLeft = expireCycle();
                long took = ticker.nanos() - began;
                expireNanos.add(took);
                latencyMonitor.took(LatencyMonitor.EXPIRE_CYCLE, took);
                sample();
                outboxes.checkAll();
                plugins.reportCollected();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("An expiry cycle failed", e);
            }
        }
    }

    /** Removes expired keys for a while, one thread at a time. Returns whether some may be left. */
    boolean expireCycle() {
        return expiresActively && !pause.isOn() && expiry.run(worker());
    }

    /**
     * How much memory the buffers of all connections may take together: requests that have not been executed and replies that have not
     * been sent, but for what replies refer to without copying it. Cost: O(shards). Thread-safe.
     *
     * @return bytes; a third of what the heap has left. Messages may take another third, and the last is for what a buffer is copied to when
     *     it grows, and what a request holds when it is stored
     */
    public long maxBufferBytes() {
        return evictions.freeHeapBytes() / 3;
    }

    /**
     * All keys of all databases that have not expired, in no order, as they are at one moment; for tests. Takes all locks, and
     * as much memory as the data once more.
     *
     * @return copies of all that is stored
     */
    public List<StoredKey> contents() {
        return StoredKey.all(this);
    }

    /**
     * Weighs all that is stored, so that the account of it can be checked; for tests. Takes all locks.
     *
     * @param scale what the objects that it is given occupy, with all that they refer to, in bytes; it must not change or keep them
     * @return what was weighed, and what the account says at the same moment
     */
    public StoredBytes weigh(ToLongFunction<List<Object>> scale) {
        return StoredBytes.weigh(this, scale);
    }

    /**
     * The plugins that were unloaded and whose classes are still in memory, and which threads keep them, as far as one can see; for
     * tests, which have garbage collected before they ask.
     *
     * @return a line for each; empty if all are gone
     */
    public List<String> remainders() {
        plugins.reportCollected();
        return plugins.unloaded().stream().map(Plugins::describe).collect(Collectors.toList());
    }

    /**
     * The server's numbers, for programs that watch it. To be called from a thread that holds no locks. Thread-safe. Cost: as INFO's,
     * O(commands + keyspace tables); each shard's lock is taken for a moment, and commands wait for nothing else.
     *
     * @return the numbers as they are now
     */
    public Metrics metrics() {
        return Metrics.of(this);
    }

    /** Stops expiry and the plugins. Connections must be closed before. */
    @Override
    public void close() {
        closed = true;
        if (cycle != null) {
            cycle.interrupt();
            evictor.interrupt();
            timer.interrupt();
        }
        schedule.stop();
        background.shutdownNow();
        plugins.close();
    }

    void expireActively(boolean active) {
        expiresActively = active;
    }

    Settings settings() {
        return settings;
    }

    Ticker ticker() {
        return ticker;
    }

    Host host() {
        return host;
    }

    Databases databases() {
        return databases;
    }

    SlowLog slowLog() {
        return slowLog;
    }

    LatencyMonitor latencyMonitor() {
        return latencyMonitor;
    }

    Evictions evictions() {
        return evictions;
    }

    Users users() {
        return users;
    }

    AclLog aclLog() {
        return aclLog;
    }

    Types types() {
        return types;
    }

    Listeners listeners() {
        return listeners;
    }

    Waiters waiters() {
        return waiters;
    }

    Outboxes outboxes() {
        return outboxes;
    }

    PubSub pubSub() {
        return pubSub;
    }

    TrackingTable tracking() {
        return tracking;
    }

    Monitors monitors() {
        return monitors;
    }

    Notifications notifications() {
        return notifications;
    }

    /** Ends the waiting of clients whose time has come, and a pause; for who moves the clock. */
    public void timeOutWaiters() {
        waiters.timeOut();
        pause.isOn();
    }

    Pause pause() {
        return pause;
    }

    Schedule schedule() {
        return schedule;
    }

    /**
     * Runs the tasks of plugins whose time has come, and waits until they have ended; for who moves the clock.
     *
     * @throws IllegalStateException if one of them does not end within some seconds
     */
    public void runDueTasks() {
        schedule.runDue();
        try {
            if (!schedule.awaitEnded(TASKS_MILLIS)) {
                throw new IllegalStateException("a task of a plugin does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    CommandTable commands() {
        return commands;
    }

    void commands(CommandTable newCommands) {
        commands = newCommands;
        users.commandsAre(newCommands);
    }

    ServerFacts facts() {
        return facts;
    }

    /** For how long the server has run, by a clock that is never put forward or back. */
    long uptimeNanos() {
        return ticker.nanos() - facts.startNanos;
    }

    /** The client of that number; null if there is none, or it was cut off. */
    ClientSession client(long id) {
        ClientSession client = clients.get(id);
        return client == null || client.isCutOff() ? null : client;
    }

    /** What clients have queued after MULTI, all of them together. */
    LongAdder queuedBytes() {
        return queuedBytes;
    }

    /** All whose connections have not ended, also who was cut off. */
    Collection<ClientSession> clients() {
        return clients.values();
    }

    /** The modules of the image that provide anything, then the plugins. */
    List<Provider> providers() {
        List<Provider> all = new ArrayList<>(providers);
        plugins.installed().forEach(plugin -> all.add(providerOf(plugin)));
        return all;
    }

    long connectionsReceived() {
        return connectionsReceived.sum();
    }

    long connectionsRejected() {
        return connectionsRejected.sum();
    }

    Map<String, LongAdder> errorsByCode() {
        return errorsByCode;
    }

    /** The sum of what all workers have counted. */
    Counters counters() {
        Counters sum = new Counters();
        for (Worker worker : allWorkers) {
            sum.add(worker.counters);
        }
        return sum;
    }

    /** The sum of what all workers have counted since the last CONFIG RESETSTAT. */
    Counters countedSinceReset() {
        Counters sum = counters();
        sum.subtract(countedAtReset);
        return sum;
    }

    /** The same of one command. */
    CommandStats statsSinceReset(Command command) {
        CommandStats sum = statsOf(command.number);
        CommandStats before = statsAtReset.get(command.number);
        if (before != null) {
            sum.subtract(before);
        }
        return sum;
    }

    private CommandStats statsOf(int command) {
        CommandStats sum = new CommandStats();
        for (Worker worker : allWorkers) {
            Counters.add(sum, worker.counters, command);
        }
        return sum;
    }

    /** Starts counting from zero again. */
    void resetStats() {
        for (int command = 0; command < commandNumbers.count(); command++) {
            resetStats(command);
        }
        countedAtReset = counters();
        connectionsReceived.reset();
        connectionsRejected.reset();
        outboxes.resetStats();
        errorsByCode.clear();
    }

    /** Starts counting a command from zero again, and its subcommands. */
    void resetStats(Command command) {
        command.withSubcommands().forEach(each -> resetStats(each.number));
    }

    private void resetStats(int command) {
        allWorkers.forEach(worker -> worker.counters.forgetLongest(command)); // which cannot be subtracted
        statsAtReset.put(command, statsOf(command));
    }

    /** Looks at what INFO shows the rate or the peak of. */
    void sample() {
        long now = ticker.nanos();
        Counters counted = counters();
        commandRate.sample(now, counted.commands);
        inputRate.sample(now, counted.inputBytes);
        outputRate.sample(now, counted.outputBytes);
        peakBytes();
    }

    long commandsPerSecond() {
        return commandRate.perSecond();
    }

    long inputBytesPerSecond() {
        return inputRate.perSecond();
    }

    long outputBytesPerSecond() {
        return outputRate.perSecond();
    }

    long peakBytes() {
        return peakBytes.accumulateAndGet(databases.memoryBytes(), Math::max);
    }

    long expireNanos() {
        return expireNanos.sum();
    }

    /** The threads that run commands. */
    List<Thread> threads() {
        return allWorkers.stream().map(worker -> worker.thread).toList();
    }
}

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.engine.Acl;
import io.miniredis.engine.Asking;
import io.miniredis.engine.Auth;
import io.miniredis.engine.Bgrewriteaof;
import io.miniredis.engine.Bgsave;
import io.miniredis.engine.Client;
import io.miniredis.engine.Cluster;
import io.miniredis.engine.CommandCommand;
import io.miniredis.engine.Config;
import io.miniredis.engine.Copy;
import io.miniredis.engine.Dbsize;
import io.miniredis.engine.Debug;
import io.miniredis.engine.Del;
import io.miniredis.engine.Discard;
import io.miniredis.engine.Dump;
import io.miniredis.engine.Echo;
import io.miniredis.engine.Exec;
import io.miniredis.engine.Exists;
import io.miniredis.engine.Expire;
import io.miniredis.engine.Expireat;
import io.miniredis.engine.Expiretime;
import io.miniredis.engine.Failover;
import io.miniredis.engine.Flushall;
import io.miniredis.engine.Flushdb;
import io.miniredis.engine.Hello;
import io.miniredis.engine.Info;
import io.miniredis.engine.Keys;
import io.miniredis.engine.Lastsave;
import io.miniredis.engine.Latency;
import io.miniredis.engine.Lolwut;
import io.miniredis.engine.Memory;
import io.miniredis.engine.ModuleCommand;
import io.miniredis.engine.Monitor;
import io.miniredis.engine.Move;
import io.miniredis.engine.Multi;
import io.miniredis.engine.ObjectCommand;
import io.miniredis.engine.Persist;
import io.miniredis.engine.Pexpire;
import io.miniredis.engine.Pexpireat;
import io.miniredis.engine.Pexpiretime;
import io.miniredis.engine.Ping;
import io.miniredis.engine.Psubscribe;
import io.miniredis.engine.Pttl;
import io.miniredis.engine.Publish;
import io.miniredis.engine.PubsubCommand;
import io.miniredis.engine.Punsubscribe;
import io.miniredis.engine.Quit;
import io.miniredis.engine.RandomPolicy;
import io.miniredis.engine.Randomkey;
import io.miniredis.engine.Readonly;
import io.miniredis.engine.Readwrite;
import io.miniredis.engine.Rename;
import io.miniredis.engine.Renamenx;
import io.miniredis.engine.Replicaof;
import io.miniredis.engine.Reset;
import io.miniredis.engine.Restore;
import io.miniredis.engine.Role;
import io.miniredis.engine.Save;
import io.miniredis.engine.Scan;
import io.miniredis.engine.Select;
import io.miniredis.engine.Shutdown;
import io.miniredis.engine.Slaveof;
import io.miniredis.engine.Slowlog;
import io.miniredis.engine.Sort;
import io.miniredis.engine.SortRo;
import io.miniredis.engine.Spublish;
import io.miniredis.engine.Ssubscribe;
import io.miniredis.engine.Subscribe;
import io.miniredis.engine.Sunsubscribe;
import io.miniredis.engine.Swapdb;
import io.miniredis.engine.Time;
import io.miniredis.engine.Touch;
import io.miniredis.engine.Ttl;
import io.miniredis.engine.Type;
import io.miniredis.engine.Unlink;
import io.miniredis.engine.Unsubscribe;
import io.miniredis.engine.Unwatch;
import io.miniredis.engine.VolatileTtl;
import io.miniredis.engine.Wait;
import io.miniredis.engine.Watch;

/** The command table, the keyspace, expiry, eviction and the plugin loader. */
@SuppressWarnings("module") // the modules exported to are built after this one
module io.miniredis.engine {
    requires io.miniredis.api;
    requires java.management;
    requires org.slf4j;

    exports io.miniredis.engine to
            io.miniredis.app,
            io.miniredis.testkit,
            io.miniredis.bench;

    // The service loader is called here, for the image and for plugins alike.
    uses CommandHandler;
    uses EvictionPolicy;
    uses Plugin;
    uses ValueType;

    provides CommandHandler with
            Asking,
            Bgrewriteaof,
            Bgsave,
            Acl,
            Auth,
            Client,
            Cluster,
            CommandCommand,
            Config,
            Copy,
            Dbsize,
            Debug,
            Del,
            Discard,
            Dump,
            Echo,
            Exec,
            Exists,
            Expire,
            Expireat,
            Expiretime,
            Failover,
            Flushall,
            Flushdb,
            Hello,
            Info,
            Keys,
            Lastsave,
            Latency,
            Lolwut,
            Memory,
            ModuleCommand,
            Monitor,
            Move,
            Multi,
            ObjectCommand,
            Persist,
            Pexpire,
            Pexpireat,
            Pexpiretime,
            Ping,
            Psubscribe,
            Pttl,
            Publish,
            PubsubCommand,
            Punsubscribe,
            Quit,
            Randomkey,
            Readonly,
            Readwrite,
            Rename,
            Renamenx,
            Replicaof,
            Reset,
            Restore,
            Role,
            Save,
            Scan,
            Select,
            Shutdown,
            Slaveof,
            Slowlog,
            Sort,
            SortRo,
            Spublish,
            Ssubscribe,
            Subscribe,
            Sunsubscribe,
            Swapdb,
            Time,
            Touch,
            Ttl,
            Type,
            Unlink,
            Unsubscribe,
            Unwatch,
            Wait,
            Watch;
    provides EvictionPolicy with
            RandomPolicy,
            VolatileTtl;
}

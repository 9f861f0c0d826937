import demo.bloomfilter.BfAdd;
import demo.bloomfilter.BfExists;
import demo.bloomfilter.BfInfo;
import demo.bloomfilter.BfMadd;
import demo.bloomfilter.BfMexists;
import demo.bloomfilter.BfReserve;
import demo.bloomfilter.BloomFilterType;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.ValueType;

/** A plugin: a data type of its own with its commands, seeing nothing of the server but its API. */
module demo.bloomfilter {
    requires io.miniredis.api;

    provides CommandHandler with
            BfAdd,
            BfExists,
            BfInfo,
            BfMadd,
            BfMexists,
            BfReserve;
    provides ValueType with
            BloomFilterType;
}

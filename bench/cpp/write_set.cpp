// What casacore alone can do: writes dumps from memory into a Measurement Set with the columns, storage managers and tiles of
// the consumer mswriter, and puts the set on the disk itself at the end, as mswriter does; nothing else. Prints megabytes of
// visibilities a second.
//   write_set <set> <stations> <channels> <dumps>
#include <casacore/casa/Arrays/Array.h>
#include <casacore/casa/Arrays/Slicer.h>
#include <casacore/casa/Arrays/Vector.h>
#include <casacore/ms/MeasurementSets/MeasurementSet.h>
#include <casacore/tables/DataMan/IncrementalStMan.h>
#include <casacore/tables/DataMan/StandardStMan.h>
#include <casacore/tables/DataMan/TiledColumnStMan.h>
#include <casacore/tables/DataMan/TiledStManAccessor.h>
#include <casacore/tables/Tables/ArrColDesc.h>
#include <casacore/tables/Tables/ArrayColumn.h>
#include <casacore/tables/Tables/ScalarColumn.h>
#include <casacore/tables/Tables/SetupNewTab.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace casacore;

namespace {

constexpr int kPolarisations = 4;
constexpr int kTileBytes = 1 << 20;
constexpr int kSmallTileBytes = 1 << 17;
constexpr int kCacheMebibytes = 16;

int tileRows(int tileBytes, int rowBytes, int baselines) {
    const int most = std::max(1, tileBytes / rowBytes);
    if (most >= baselines) {
        return most / baselines * baselines;
    }
    const int tilesPerDump = (baselines + most - 1) / most;
    return (baselines + tilesPerDump - 1) / tilesPerDump;
}

Table createSet(const std::string& path, int baselines, int channels) {
    TableDesc description = MS::requiredTableDesc();
    const IPosition cell(2, kPolarisations, channels);
    description.addColumn(ArrayColumnDesc<Complex>("DATA", cell, ColumnDesc::Direct | ColumnDesc::FixedShape));
    description.rwColumnDesc("FLAG").setShape(cell, false);
    description.rwColumnDesc("WEIGHT").setShape(IPosition(1, kPolarisations), false);
    description.rwColumnDesc("SIGMA").setShape(IPosition(1, kPolarisations), false);
    SetupNewTable setup(path, description, Table::New);
    const auto tiled = [&](const char* column, const IPosition& shape, int tileBytes, int rowBytes) {
        IPosition tile = shape;
        tile.append(IPosition(1, tileRows(tileBytes, rowBytes, baselines)));
        setup.bindColumn(column, TiledColumnStMan(String("Tiled") + column, tile));
    };
    tiled("DATA", cell, kTileBytes, kPolarisations * channels * 8);
    tiled("FLAG", cell, kTileBytes, kPolarisations * channels);
    tiled("UVW", IPosition(1, 3), kSmallTileBytes, 24);
    tiled("WEIGHT", IPosition(1, kPolarisations), kSmallTileBytes, 4 * kPolarisations);
    tiled("SIGMA", IPosition(1, kPolarisations), kSmallTileBytes, 4 * kPolarisations);
    StandardStMan antennas("Antennas");
    setup.bindColumn("ANTENNA1", antennas);
    setup.bindColumn("ANTENNA2", antennas);
    IncrementalStMan seldomChanging("SeldomChanging");
    for (const char* column :
         {"ARRAY_ID", "DATA_DESC_ID", "EXPOSURE", "FEED1", "FEED2", "FIELD_ID", "FLAG_CATEGORY", "FLAG_ROW", "INTERVAL",
          "OBSERVATION_ID", "PROCESSOR_ID", "SCAN_NUMBER", "STATE_ID", "TIME", "TIME_CENTROID"}) {
        setup.bindColumn(column, seldomChanging);
    }
    Table table(setup, TableLock(TableLock::PermanentLocking), 0, false, Table::LittleEndian);
    MeasurementSet ms(table);
    ms.createDefaultSubtables(Table::New);
    table.flush(true, true);
    return table;
}

template <typename T>
void fill(Table& table, const char* column, const Slicer& rows, int count, T value) {
    ScalarColumn<T>(table, column).putColumnRange(rows, Vector<T>(count, value));
}

struct Dump {
    Dump(int baselines, int channels)
        : data(IPosition(3, kPolarisations, channels, baselines)), flag(data.shape(), false),
          uvw(IPosition(2, 3, baselines), 100.0), weight(IPosition(2, kPolarisations, baselines), 1.0F),
          antenna1(baselines), antenna2(baselines) {
        int i = 0;
        for (Complex& value : data) {
            value = Complex(static_cast<float>(i % 1013), 1.0F);
            i++;
        }
    }

    Array<Complex> data;
    Array<Bool> flag;
    Array<Double> uvw;
    Array<Float> weight;
    Vector<Int> antenna1;
    Vector<Int> antenna2;
};

void writeDump(Table& table, const Dump& dump, int number, int baselines) {
    const Slicer rows(IPosition(1, static_cast<ssize_t>(table.nrow())), IPosition(1, baselines));
    table.addRow(static_cast<rownr_t>(baselines));
    ArrayColumn<Complex>(table, "DATA").putColumnRange(rows, dump.data);
    ArrayColumn<Bool>(table, "FLAG").putColumnRange(rows, dump.flag);
    ArrayColumn<Double>(table, "UVW").putColumnRange(rows, dump.uvw);
    ArrayColumn<Float>(table, "WEIGHT").putColumnRange(rows, dump.weight);
    ArrayColumn<Float>(table, "SIGMA").putColumnRange(rows, dump.weight);
    ScalarColumn<Int>(table, "ANTENNA1").putColumnRange(rows, dump.antenna1);
    ScalarColumn<Int>(table, "ANTENNA2").putColumnRange(rows, dump.antenna2);
    fill<Bool>(table, "FLAG_ROW", rows, baselines, false);
    for (const char* id : {"ARRAY_ID", "DATA_DESC_ID", "FEED1", "FEED2", "FIELD_ID", "OBSERVATION_ID", "PROCESSOR_ID",
                           "STATE_ID", "SCAN_NUMBER"}) {
        fill<Int>(table, id, rows, baselines, 0);
    }
    for (const char* time : {"TIME", "TIME_CENTROID", "INTERVAL", "EXPOSURE"}) {
        fill<Double>(table, time, rows, baselines, 5e9 + number);
    }
}

// casacore syncs its own tables' headers, but not the files that hold tiles.
void syncFiles(const std::string& path) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
        const int descriptor = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 || ::fsync(descriptor) != 0) {
            std::perror(entry.path().c_str());
            std::exit(1);
        }
        ::close(descriptor);
    }
}

double cpuSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: write_set <set> <stations> <channels> <dumps>\n");
        return 2;
    }
    const int stations = std::atoi(argv[2]);
    const int channels = std::atoi(argv[3]);
    const int dumps = std::atoi(argv[4]);
    const int baselines = stations * (stations + 1) / 2;
    const Dump dump(baselines, channels);
    Table table = createSet(argv[1], baselines, channels);
    for (const char* column : {"DATA", "FLAG", "UVW", "WEIGHT", "SIGMA"}) {
        ROTiledStManAccessor(table, column, true).setMaximumCacheSize(kCacheMebibytes);
    }
    const double cpuBefore = cpuSeconds();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < dumps; i++) {
        writeDump(table, dump, i, baselines);
    }
    table.flush(true, true);
    table = Table();
    syncFiles(argv[1]);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double bytes = 8.0 * kPolarisations * channels * baselines * dumps;
    std::printf("%.0f MB/s %.3f CPU s/GB\n", bytes / 1e6 / seconds, (cpuSeconds() - cpuBefore) / (bytes / 1e9));
    return 0;
}

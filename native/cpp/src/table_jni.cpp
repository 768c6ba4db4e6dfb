// org.casacore.TableJni
#include <casacore/casa/Containers/Record.h>
#include <casacore/tables/DataMan/TiledStManAccessor.h>
#include <casacore/tables/Tables/TableDesc.h>
#include <casacore/tables/Tables/TableRecord.h>

#include "open_table.h"
#include "registration.h"
#include "table_creation.h"
#include "table_files.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::String;
using casacore::Table;
using casacore::TableRecord;

jlong JNICALL open(JNIEnv* env, jclass, jstring path, jboolean writable) {
    Place place;
    return guarded(env, place, [&] {
        place.path = toUtf8(env, path);
        return openTables().add(std::make_unique<OpenTable>(openTable(place.path, writable == JNI_TRUE)));
    });
}

jlong JNICALL create(
    JNIEnv* env, jclass, jstring path, jboolean measurementSet, jboolean withSource, jlong rows, jobjectArray names,
    jobjectArray comments, jintArray columnNumbers, jlongArray columnShapes, jobjectArray managerGroups,
    jintArray managerNumbers, jlongArray managerTiles) {
    Place place;
    return guarded(env, place, [&] {
        place.path = toUtf8(env, path);
        createTable(
            place.path, {measurementSet == JNI_TRUE, withSource == JNI_TRUE, rows, toUtf8(env, names),
                         toUtf8(env, comments), toVector(env, columnNumbers), toVector(env, columnShapes),
                         toUtf8(env, managerGroups), toVector(env, managerNumbers), toVector(env, managerTiles)});
        return openTables().add(std::make_unique<OpenTable>(openTable(place.path, true)));
    });
}

void JNICALL closeTable(JNIEnv* env, jclass, jlong handle) {
    Place place{handle};
    guarded(env, place, [&] {
        std::unique_ptr<OpenTable> closing = openTables().remove(handle);
        place = {0, -1, closing->path};
        try {
            if (closing->writable) {
                closing->table.flush(false, true);
            }
        } catch (...) {
            // Its destructor would try the same again, and an exception that leaves a destructor ends the JVM.
            static_cast<void>(closing.release());
            throw;
        }
    });
}

jlong JNICALL rowCount(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, {handle}, [&] { return static_cast<jlong>(openTables().get(handle).table.nrow()); });
}

void JNICALL addRows(JNIEnv* env, jclass, jlong handle, jlong rows) {
    guarded(env, {handle}, [&] { openTables().get(handle).table.addRow(static_cast<casacore::rownr_t>(rows)); });
}

jint JNICALL column(JNIEnv* env, jclass, jlong handle, jstring name) {
    return guarded(env, {handle}, [&] { return openTables().get(handle).columnIndex(toUtf8(env, name)); });
}

jobjectArray JNICALL subtableNames(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = openTables().get(handle).table.keywordSet();
        std::vector<String> names;
        for (casacore::uInt i = 0; i < keywords.nfields(); i++) {
            const auto field = static_cast<casacore::Int>(i);
            if (keywords.type(field) == casacore::TpTable) {
                names.push_back(keywords.name(field));
            }
        }
        return toJava(env, names);
    });
}

jstring JNICALL pathOfSubtable(JNIEnv* env, jclass, jlong handle, jstring name) {
    return guarded(env, {handle}, [&] {
        return toJava(env, subtablePath(openTables().get(handle), toUtf8(env, name)));
    });
}

jlong JNICALL openSubtable(JNIEnv* env, jclass, jlong handle, jstring name) {
    return guarded(env, {handle}, [&] {
        OpenTable& parent = openTables().get(handle);
        // By way of the keyword, so that flushing the parent finds it open and flushes it too.
        const TableRecord& keywords = parent.table.keywordSet();
        const Table subtable = keywords.asTable(String(toUtf8(env, name)), lockFor(parent.writable));
        return openTables().add(std::make_unique<OpenTable>(subtable));
    });
}

void JNICALL copySubtableFrom(JNIEnv* env, jclass, jlong handle, jstring name, jstring fromPath) {
    guarded(env, {handle}, [&] {
        copySubtable(openTables().get(handle), toUtf8(env, name), toUtf8(env, fromPath));
    });
}

template <typename Action>
void forEachTiledManager(const Table& table, Action action) {
    const casacore::Record managers = table.dataManagerInfo();
    for (casacore::uInt i = 0; i < managers.nfields(); i++) {
        const casacore::Record& manager = managers.subRecord(static_cast<casacore::Int>(i));
        const casacore::Array<String>& columns = manager.asArrayString("COLUMNS");
        if (manager.asString("TYPE").startsWith("Tiled") && !columns.empty()) {
            casacore::ROTiledStManAccessor accessor(table, *columns.begin(), true);
            action(accessor);
        }
    }
}

void JNICALL limitTileCache(JNIEnv* env, jclass, jlong handle, jlong mebibytes) {
    guarded(env, {handle}, [&] {
        forEachTiledManager(openTables().get(handle).table, [&](auto& accessor) {
            accessor.setMaximumCacheSize(static_cast<casacore::uInt>(mebibytes));
        });
    });
}

void JNICALL flushTable(JNIEnv* env, jclass, jlong handle, jboolean sync) {
    guarded(env, {handle}, [&] {
        OpenTable& open = openTables().get(handle);
        // The tiles go first: casacore writes manager by manager and the number of rows last, and a table whose
        // managers disagree about that number does not open. A disk that takes no more tiles so leaves it as it was, and
        // little is left to write when it matters that the process is not killed.
        forEachTiledManager(open.table, [](auto& accessor) { accessor.clearCaches(); });
        open.table.flush(sync == JNI_TRUE, true);
        if (sync == JNI_TRUE) {
            syncFiles(open.path);
        }
    });
}

const JNINativeMethod kMethods[] = {
    method("open", "(Ljava/lang/String;Z)J", open),
    method(
        "create",
        "(Ljava/lang/String;ZZJ[Ljava/lang/String;[Ljava/lang/String;[I[J[Ljava/lang/String;[I[J)J",
        create),
    method("close", "(J)V", closeTable),
    method("rowCount", "(J)J", rowCount),
    method("addRows", "(JJ)V", addRows),
    method("column", "(JLjava/lang/String;)I", column),
    method("subtableNames", "(J)[Ljava/lang/String;", subtableNames),
    method("subtablePath", "(JLjava/lang/String;)Ljava/lang/String;", pathOfSubtable),
    method("openSubtable", "(JLjava/lang/String;)J", openSubtable),
    method("copySubtable", "(JLjava/lang/String;Ljava/lang/String;)V", copySubtableFrom),
    method("limitTileCache", "(JJ)V", limitTileCache),
    method("flush", "(JZ)V", flushTable),
};

}  // namespace

bool registerTable(JNIEnv* env) {
    return registerMethods(env, "org/casacore/TableJni", kMethods);
}

}  // namespace cbfsdp

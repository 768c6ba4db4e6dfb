// org.casacore.TableDescriptionJni
#include <casacore/ms/MeasurementSets/MeasurementSet.h>
#include <casacore/tables/Tables/ColumnDesc.h>
#include <casacore/tables/Tables/TableDesc.h>
#include <casacore/tables/Tables/TableRecord.h>

#include "data_types.h"
#include "open_table.h"
#include "registration.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::ColumnDesc;
using casacore::String;
using casacore::TableDesc;

TableDesc descriptionOf(jlong handle) {
    return handle == 0 ? casacore::MeasurementSet::requiredTableDesc() : openTables().get(handle).table.actualTableDesc();
}

jobjectArray JNICALL names(JNIEnv* env, jclass, jlong handle) {
    return guarded(env, {handle}, [&] {
        const casacore::Vector<String> columns = descriptionOf(handle).columnNames();
        return toJava(env, std::vector<String>(columns.begin(), columns.end()));
    });
}

jlongArray JNICALL numbers(JNIEnv* env, jclass, jlong handle, jstring column) {
    return guarded(env, {handle}, [&] {
        const TableDesc description = descriptionOf(handle);
        const ColumnDesc& found = description.columnDesc(String(toUtf8(env, column)));
        const bool fixed = found.isFixedShape();
        const jlong ndim = found.isArray() ? (found.ndim() > 0 ? found.ndim() : -1) : 0;
        std::vector<jlong> result = {numberOf(found.dataType()), found.isArray() ? 1 : 0, ndim, fixed ? 1 : 0};
        if (found.isArray() && fixed) {
            const std::vector<jlong> shape = toExtents(found.shape());
            result.insert(result.end(), shape.begin(), shape.end());
        }
        return toJava(env, result);
    });
}

jobjectArray JNICALL texts(JNIEnv* env, jclass, jlong handle, jstring column) {
    return guarded(env, {handle}, [&] {
        const TableDesc description = descriptionOf(handle);
        const ColumnDesc& found = description.columnDesc(String(toUtf8(env, column)));
        const bool chosen = handle != 0;
        return toJava(
            env, std::vector<String>{
                     found.comment(), chosen ? found.dataManagerType() : String(),
                     chosen ? found.dataManagerGroup() : String()});
    });
}

jobjectArray JNICALL units(JNIEnv* env, jclass, jlong handle, jstring column) {
    return guarded(env, {handle}, [&] {
        const TableDesc description = descriptionOf(handle);
        const casacore::TableRecord& keywords = description.columnDesc(String(toUtf8(env, column))).keywordSet();
        std::vector<String> result;
        for (const char* name : {"QuantumUnits", "UNIT"}) {
            if (!result.empty() || !keywords.isDefined(name)) {
                continue;
            }
            if (keywords.dataType(name) == casacore::TpString) {
                result.push_back(keywords.asString(name));
            } else if (keywords.dataType(name) == casacore::TpArrayString) {
                const casacore::Array<String>& all = keywords.asArrayString(name);
                result.assign(all.begin(), all.end());
            }
        }
        return toJava(env, result);
    });
}

const JNINativeMethod kMethods[] = {
    method("names", "(J)[Ljava/lang/String;", names),
    method("numbers", "(JLjava/lang/String;)[J", numbers),
    method("texts", "(JLjava/lang/String;)[Ljava/lang/String;", texts),
    method("units", "(JLjava/lang/String;)[Ljava/lang/String;", units),
};

}  // namespace

bool registerTableDescription(JNIEnv* env) {
    return registerMethods(env, "org/casacore/TableDescriptionJni", kMethods);
}

}  // namespace cbfsdp

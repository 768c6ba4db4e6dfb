// org.casacore.KeywordsJni
#include <casacore/casa/Arrays/Array.h>
#include <casacore/tables/Tables/TableRecord.h>

#include "data_types.h"
#include "open_table.h"
#include "registration.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::Array;
using casacore::DataType;
using casacore::IPosition;
using casacore::String;
using casacore::TableRecord;

enum Kind : jlong { kValue = 0, kArray = 1, kRecord = 2, kTable = 3 };

// The keyword set a call is about, inside the records its path names.
const TableRecord& readable(JNIEnv* env, jlong handle, jstring column, jobjectArray path) {
    OpenTable& open = openTables().get(handle);
    const std::string name = toUtf8(env, column);
    const TableRecord* keywords =
        name.empty() ? &open.table.keywordSet() : &open.column(open.columnIndex(name)).keywordSet();
    for (const String& step : toUtf8(env, path)) {
        keywords = &keywords->subRecord(step);
    }
    return *keywords;
}

TableRecord& writable(JNIEnv* env, jlong handle, jstring column, jobjectArray path) {
    OpenTable& open = openTables().get(handle);
    const std::string name = toUtf8(env, column);
    TableRecord* keywords =
        name.empty() ? &open.table.rwKeywordSet() : &open.column(open.columnIndex(name)).rwKeywordSet();
    for (const String& step : toUtf8(env, path)) {
        keywords = &keywords->rwSubRecord(step);
    }
    return *keywords;
}

JavaError refused(const std::string& name, const std::string& why) {
    return illegalArgument("keyword " + name + ": " + why);
}

// What is there goes first: casacore would hold the new value to the old one's type and shape.
template <typename Value>
void replace(TableRecord& keywords, const String& name, const Value& value) {
    if (keywords.isDefined(name)) {
        keywords.removeField(name);
    }
    keywords.define(name, value);
}

template <typename T, typename Given>
void put(TableRecord& keywords, const String& name, const IPosition* shape, const std::vector<Given>& given) {
    if (shape == nullptr) {
        if (given.size() != 1) {
            throw refused(name, std::to_string(given.size()) + " values for a scalar");
        }
        replace(keywords, name, static_cast<T>(given[0]));
        return;
    }
    if (static_cast<std::size_t>(shape->product()) != given.size()) {
        throw refused(name, "shape " + toText(*shape) + " for " + std::to_string(given.size()) + " values");
    }
    Array<T> values(*shape);
    auto to = values.cbegin();
    for (const Given& value : given) {
        *to++ = static_cast<T>(value);
    }
    replace(keywords, name, values);
}

// Runs body with the shape, or null for a scalar.
template <typename Body>
void withShape(JNIEnv* env, jlongArray extents, Body&& body) {
    if (extents == nullptr) {
        body(nullptr);
    } else {
        const IPosition shape = toPosition(toVector(env, extents));
        body(&shape);
    }
}

template <typename T>
std::vector<T> flat(const Array<T>& array) {
    return std::vector<T>(array.begin(), array.end());
}

jobjectArray JNICALL names(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        std::vector<String> result;
        for (casacore::uInt i = 0; i < keywords.nfields(); i++) {
            result.push_back(keywords.name(static_cast<casacore::Int>(i)));
        }
        return toJava(env, result);
    });
}

jlongArray JNICALL numbers(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        const String field = toUtf8(env, name);
        std::vector<jlong> result;
        if (keywords.isDefined(field)) {
            const DataType type = keywords.dataType(field);
            if (type == casacore::TpRecord) {
                result = {kRecord, -1};
            } else if (type == casacore::TpTable) {
                result = {kTable, -1};
            } else if (casacore::isArray(type)) {
                result = {kArray, numberOf(casacore::asScalar(type))};
                const std::vector<jlong> shape = toExtents(keywords.shape(field));
                result.insert(result.end(), shape.begin(), shape.end());
            } else {
                result = {kValue, numberOf(type)};
            }
        }
        return toJava(env, result);
    });
}

jobjectArray JNICALL strings(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        const String field = toUtf8(env, name);
        return toJava(
            env, casacore::isArray(keywords.dataType(field)) ? flat(keywords.asArrayString(field))
                                                            : std::vector<String>{keywords.asString(field)});
    });
}

jdoubleArray JNICALL doubles(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        const String field = toUtf8(env, name);
        const std::vector<casacore::Double> values = casacore::isArray(keywords.dataType(field))
                                                         ? flat(keywords.toArrayDouble(field))
                                                         : std::vector<casacore::Double>{keywords.asDouble(field)};
        jdoubleArray array = env->NewDoubleArray(static_cast<jsize>(values.size()));
        checkPending(env);
        env->SetDoubleArrayRegion(array, 0, static_cast<jsize>(values.size()), values.data());
        checkPending(env);
        return array;
    });
}

jlongArray JNICALL longs(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        const String field = toUtf8(env, name);
        const std::vector<casacore::Int64> values = casacore::isArray(keywords.dataType(field))
                                                        ? flat(keywords.toArrayInt64(field))
                                                        : std::vector<casacore::Int64>{keywords.asInt64(field)};
        return toJava(env, std::vector<jlong>(values.begin(), values.end()));
    });
}

jbooleanArray JNICALL booleans(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    return guarded(env, {handle}, [&] {
        const TableRecord& keywords = readable(env, handle, column, path);
        const String field = toUtf8(env, name);
        std::vector<jboolean> values;
        if (casacore::isArray(keywords.dataType(field))) {
            for (const casacore::Bool value : keywords.asArrayBool(field)) {
                values.push_back(value ? JNI_TRUE : JNI_FALSE);
            }
        } else {
            values.push_back(keywords.asBool(field) ? JNI_TRUE : JNI_FALSE);
        }
        jbooleanArray array = env->NewBooleanArray(static_cast<jsize>(values.size()));
        checkPending(env);
        env->SetBooleanArrayRegion(array, 0, static_cast<jsize>(values.size()), values.data());
        checkPending(env);
        return array;
    });
}

void JNICALL putStrings(
    JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name, jlongArray extents,
    jobjectArray values) {
    guarded(env, {handle}, [&] {
        TableRecord& keywords = writable(env, handle, column, path);
        const String field = toUtf8(env, name);
        const std::vector<String> given = toUtf8(env, values);
        withShape(env, extents, [&](const IPosition* shape) { put<String>(keywords, field, shape, given); });
    });
}

void JNICALL putDoubles(
    JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name, jint type, jlongArray extents,
    jdoubleArray values) {
    guarded(env, {handle}, [&] {
        TableRecord& keywords = writable(env, handle, column, path);
        const String field = toUtf8(env, name);
        std::vector<jdouble> given(static_cast<std::size_t>(env->GetArrayLength(values)));
        env->GetDoubleArrayRegion(values, 0, static_cast<jsize>(given.size()), given.data());
        checkPending(env);
        withShape(env, extents, [&](const IPosition* shape) {
            if (dataTypeOf(type) == casacore::TpFloat) {
                put<casacore::Float>(keywords, field, shape, given);
            } else {
                put<casacore::Double>(keywords, field, shape, given);
            }
        });
    });
}

void JNICALL putLongs(
    JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name, jint type, jlongArray extents,
    jlongArray values) {
    guarded(env, {handle}, [&] {
        TableRecord& keywords = writable(env, handle, column, path);
        const String field = toUtf8(env, name);
        const std::vector<jlong> given = toVector(env, values);
        withShape(env, extents, [&](const IPosition* shape) {
            switch (dataTypeOf(type)) {
                case casacore::TpUChar: return put<casacore::uChar>(keywords, field, shape, given);
                case casacore::TpShort: return put<casacore::Short>(keywords, field, shape, given);
                case casacore::TpInt: return put<casacore::Int>(keywords, field, shape, given);
                case casacore::TpUInt: return put<casacore::uInt>(keywords, field, shape, given);
                case casacore::TpInt64: return put<casacore::Int64>(keywords, field, shape, given);
                default: throw refused(field, "no integers are of type number " + std::to_string(type));
            }
        });
    });
}

void JNICALL putBooleans(
    JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name, jlongArray extents,
    jbooleanArray values) {
    guarded(env, {handle}, [&] {
        TableRecord& keywords = writable(env, handle, column, path);
        const String field = toUtf8(env, name);
        std::vector<jboolean> given(static_cast<std::size_t>(env->GetArrayLength(values)));
        env->GetBooleanArrayRegion(values, 0, static_cast<jsize>(given.size()), given.data());
        checkPending(env);
        withShape(env, extents, [&](const IPosition* shape) { put<casacore::Bool>(keywords, field, shape, given); });
    });
}

void JNICALL putRecord(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    guarded(env, {handle}, [&] {
        TableRecord& keywords = writable(env, handle, column, path);
        const String field = toUtf8(env, name);
        if (keywords.isDefined(field)) {
            keywords.removeField(field);
        }
        keywords.defineRecord(field, TableRecord());
    });
}

void JNICALL removeKeyword(JNIEnv* env, jclass, jlong handle, jstring column, jobjectArray path, jstring name) {
    guarded(env, {handle}, [&] { writable(env, handle, column, path).removeField(String(toUtf8(env, name))); });
}

#define STRING "Ljava/lang/String;"
#define WAY "(J" STRING "[" STRING STRING
const JNINativeMethod kMethods[] = {
    method("names", "(J" STRING "[" STRING ")[" STRING, names),
    method("numbers", WAY ")[J", numbers),
    method("strings", WAY ")[" STRING, strings),
    method("doubles", WAY ")[D", doubles),
    method("longs", WAY ")[J", longs),
    method("booleans", WAY ")[Z", booleans),
    method("putStrings", WAY "[J[" STRING ")V", putStrings),
    method("putDoubles", WAY "I[J[D)V", putDoubles),
    method("putLongs", WAY "I[J[J)V", putLongs),
    method("putBooleans", WAY "[J[Z)V", putBooleans),
    method("putRecord", WAY ")V", putRecord),
    method("remove", WAY ")V", removeKeyword),
};
#undef WAY
#undef STRING

}  // namespace

bool registerKeywords(JNIEnv* env) {
    return registerMethods(env, "org/casacore/KeywordsJni", kMethods);
}

}  // namespace cbfsdp

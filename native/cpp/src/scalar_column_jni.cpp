// org.casacore.ScalarColumnJni
#include <casacore/casa/Arrays/Vector.h>
#include <casacore/tables/Tables/ScalarColumn.h>

#include "cell_block.h"
#include "data_types.h"
#include "registration.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::IPosition;
using casacore::String;
using casacore::Vector;

void JNICALL read(
    JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows, jobject to, jlong offset, jlong length) {
    guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::string where = open.columnText(index);
        casacore::TableColumn& column = open.column(index);
        checkRows(open, firstRow, rows, where);
        const BufferSpan span(env, to, offset, length, where);
        withNumericType(column.columnDesc().dataType(), where, [&](auto tag) {
            using T = typename decltype(tag)::Type;
            T* values = span.values<T>(static_cast<std::size_t>(rows), where);
            if (rows > 0) {
                Vector<T> shared(IPosition(1, rows), values, casacore::SHARE);
                casacore::ScalarColumn<T>(column).getColumnRange(rowRange(firstRow, rows), shared);
            }
        });
    });
}

void JNICALL write(
    JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows, jobject from, jlong offset,
    jlong length) {
    guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::string where = open.columnText(index);
        casacore::TableColumn& column = open.column(index);
        checkRows(open, firstRow, rows, where);
        const BufferSpan span(env, from, offset, length, where);
        withNumericType(column.columnDesc().dataType(), where, [&](auto tag) {
            using T = typename decltype(tag)::Type;
            T* values = span.values<T>(static_cast<std::size_t>(rows), where);
            checkTruthValues(values, static_cast<std::size_t>(rows), where);
            if (rows > 0) {
                const Vector<T> shared(IPosition(1, rows), values, casacore::SHARE);
                casacore::ScalarColumn<T>(column).putColumnRange(rowRange(firstRow, rows), shared);
            }
        });
    });
}

jobjectArray JNICALL readStrings(JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows) {
    return guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        checkRows(open, firstRow, rows, open.columnText(index));
        std::vector<String> texts;
        if (rows > 0) {
            Vector<String> values;
            casacore::ScalarColumn<String>(open.column(index))
                .getColumnRange(rowRange(firstRow, rows), values, casacore::True);
            texts.assign(values.begin(), values.end());
        }
        return toJava(env, texts);
    });
}

void JNICALL writeStrings(JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jobjectArray values) {
    guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::vector<String> texts = toUtf8(env, values);
        const auto rows = static_cast<jlong>(texts.size());
        checkRows(open, firstRow, rows, open.columnText(index));
        if (rows > 0) {
            casacore::ScalarColumn<String>(open.column(index))
                .putColumnRange(rowRange(firstRow, rows), Vector<String>(texts));
        }
    });
}

const JNINativeMethod kMethods[] = {
    method("read", "(JIJJLjava/nio/ByteBuffer;JJ)V", read),
    method("write", "(JIJJLjava/nio/ByteBuffer;JJ)V", write),
    method("readStrings", "(JIJJ)[Ljava/lang/String;", readStrings),
    method("writeStrings", "(JIJ[Ljava/lang/String;)V", writeStrings),
};

}  // namespace

bool registerScalarColumn(JNIEnv* env) {
    return registerMethods(env, "org/casacore/ScalarColumnJni", kMethods);
}

}  // namespace cbfsdp

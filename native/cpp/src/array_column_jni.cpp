// org.casacore.ArrayColumnJni
#include <casacore/casa/Arrays/Array.h>
#include <casacore/tables/Tables/ArrayColumn.h>

#include "cell_block.h"
#include "data_types.h"
#include "registration.h"
#include "text.h"

namespace cbfsdp {

namespace {

using casacore::Array;
using casacore::IPosition;
using casacore::Slicer;
using casacore::String;
using casacore::TableColumn;

// Rows of an array column, whole cells or one section of each, all checked against the table.
struct Block {
    Block(
        JNIEnv* env, OpenTable& open, jint index, jlong firstRow, jlong rowCount, jlongArray sectionStart,
        jlongArray sectionCount)
        : where(open.columnText(index)), column(open.column(index)), first(firstRow), rows(rowCount),
          sectioned(sectionStart != nullptr) {
        checkRows(open, firstRow, rowCount, where);
        if (!column.columnDesc().isArray()) {
            throw illegalArgument(where + " holds one value a row, not arrays");
        }
        if (rows == 0) {
            return;
        }
        const IPosition cell = commonShape(column, firstRow, rowCount, where);
        if (sectioned) {
            start = toPosition(toVector(env, sectionStart));
            shape = toPosition(toVector(env, sectionCount));
            checkSection(cell);
        } else {
            shape = cell;
        }
        shape.append(IPosition(1, rows));
    }

    std::size_t valueCount() const { return rows == 0 ? 0 : static_cast<std::size_t>(shape.product()); }

    Slicer section() const { return Slicer(start, shape.getFirst(start.size())); }

    std::string where;
    TableColumn& column;
    jlong first;
    jlong rows;
    bool sectioned;
    IPosition start;
    // Of the cells or sections, with the rows as the last axis.
    IPosition shape;

private:
    void checkSection(const IPosition& cell) const {
        bool inside = start.size() == cell.size() && shape.size() == cell.size();
        for (std::size_t i = 0; inside && i < cell.size(); i++) {
            inside = start[i] >= 0 && shape[i] > 0 && shape[i] <= cell[i] && start[i] <= cell[i] - shape[i];
        }
        if (!inside) {
            throw illegalArgument(where + ": section from " + toText(start) + " of " + toText(shape)
                                  + " does not lie in cells of shape " + toText(cell));
        }
    }
};

jboolean JNICALL isDefined(JNIEnv* env, jclass, jlong handle, jint index, jlong row) {
    return guarded(env, {handle, index}, [&]() -> jboolean {
        OpenTable& open = openTables().get(handle);
        checkRows(open, row, 1, open.columnText(index));
        return open.column(index).isDefined(static_cast<casacore::rownr_t>(row)) ? JNI_TRUE : JNI_FALSE;
    });
}

jlongArray JNICALL shape(JNIEnv* env, jclass, jlong handle, jint index, jlong row) {
    return guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::string where = open.columnText(index);
        checkRows(open, row, 1, where);
        return toJava(env, toExtents(commonShape(open.column(index), row, 1, where)));
    });
}

void JNICALL setShape(
    JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows, jlongArray extents) {
    guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        checkRows(open, firstRow, rows, open.columnText(index));
        casacore::ArrayColumnBase column(open.column(index));
        const IPosition cell = toPosition(toVector(env, extents));
        for (jlong row = firstRow; row < firstRow + rows; row++) {
            column.setShape(static_cast<casacore::rownr_t>(row), cell);
        }
    });
}

void JNICALL read(
    JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows, jlongArray start, jlongArray count,
    jobject to, jlong offset, jlong length) {
    guarded(env, {handle, index}, [&] {
        const Block block(env, openTables().get(handle), index, firstRow, rows, start, count);
        const BufferSpan span(env, to, offset, length, block.where);
        withNumericType(block.column.columnDesc().dataType(), block.where, [&](auto tag) {
            using T = typename decltype(tag)::Type;
            T* values = span.values<T>(block.valueCount(), block.where);
            if (block.valueCount() == 0) {
                return;
            }
            Array<T> shared(block.shape, values, casacore::SHARE);
            const casacore::ArrayColumn<T> column(block.column);
            if (block.sectioned) {
                column.getColumnRange(rowRange(firstRow, rows), block.section(), shared);
            } else {
                column.getColumnRange(rowRange(firstRow, rows), shared);
            }
        });
    });
}

void JNICALL write(
    JNIEnv* env, jclass, jlong handle, jint index, jlong firstRow, jlong rows, jlongArray start, jlongArray count,
    jobject from, jlong offset, jlong length) {
    guarded(env, {handle, index}, [&] {
        const Block block(env, openTables().get(handle), index, firstRow, rows, start, count);
        const BufferSpan span(env, from, offset, length, block.where);
        withNumericType(block.column.columnDesc().dataType(), block.where, [&](auto tag) {
            using T = typename decltype(tag)::Type;
            T* values = span.values<T>(block.valueCount(), block.where);
            checkTruthValues(values, block.valueCount(), block.where);
            if (block.valueCount() == 0) {
                return;
            }
            const Array<T> shared(block.shape, values, casacore::SHARE);
            casacore::ArrayColumn<T> column(block.column);
            if (block.sectioned) {
                column.putColumnRange(rowRange(firstRow, rows), block.section(), shared);
            } else {
                column.putColumnRange(rowRange(firstRow, rows), shared);
            }
        });
    });
}

jobjectArray JNICALL readStrings(JNIEnv* env, jclass, jlong handle, jint index, jlong row) {
    return guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::string where = open.columnText(index);
        checkRows(open, row, 1, where);
        commonShape(open.column(index), row, 1, where);
        const Array<String> cell =
            casacore::ArrayColumn<String>(open.column(index)).get(static_cast<casacore::rownr_t>(row));
        return toJava(env, std::vector<String>(cell.begin(), cell.end()));
    });
}

void JNICALL writeStrings(
    JNIEnv* env, jclass, jlong handle, jint index, jlong row, jlongArray extents, jobjectArray values) {
    guarded(env, {handle, index}, [&] {
        OpenTable& open = openTables().get(handle);
        const std::string where = open.columnText(index);
        checkRows(open, row, 1, where);
        const std::vector<String> texts = toUtf8(env, values);
        const IPosition cell = toPosition(toVector(env, extents));
        if (static_cast<std::size_t>(cell.product()) != texts.size()) {
            throw illegalArgument(where + ": shape " + toText(cell) + " for " + std::to_string(texts.size()) + " texts");
        }
        Array<String> array(cell);
        std::copy(texts.begin(), texts.end(), array.cbegin());
        casacore::ArrayColumn<String>(open.column(index)).put(static_cast<casacore::rownr_t>(row), array);
    });
}

const JNINativeMethod kMethods[] = {
    method("isDefined", "(JIJ)Z", isDefined),
    method("shape", "(JIJ)[J", shape),
    method("setShape", "(JIJJ[J)V", setShape),
    method("read", "(JIJJ[J[JLjava/nio/ByteBuffer;JJ)V", read),
    method("write", "(JIJJ[J[JLjava/nio/ByteBuffer;JJ)V", write),
    method("readStrings", "(JIJ)[Ljava/lang/String;", readStrings),
    method("writeStrings", "(JIJ[J[Ljava/lang/String;)V", writeStrings),
};

}  // namespace

bool registerArrayColumn(JNIEnv* env) {
    return registerMethods(env, "org/casacore/ArrayColumnJni", kMethods);
}

}  // namespace cbfsdp

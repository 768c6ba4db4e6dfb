#include "cell_block.h"

#include <cstdint>
#include <cstring>

#include "text.h"

namespace cbfsdp {

using casacore::IPosition;
using casacore::Slicer;
using casacore::TableColumn;

BufferSpan::BufferSpan(JNIEnv* env, jobject buffer, jlong offset, jlong length, const std::string& where)
    : address_(nullptr), length_(static_cast<std::size_t>(length)) {
    void* base = buffer == nullptr ? nullptr : env->GetDirectBufferAddress(buffer);
    const jlong capacity = buffer == nullptr ? -1 : env->GetDirectBufferCapacity(buffer);
    // A direct buffer of no bytes may have no address, and needs none.
    if (capacity < 0 || (base == nullptr && length > 0)) {
        throw illegalArgument(where + ": the buffer is not direct");
    }
    if (offset < 0 || length < 0 || offset > capacity - length) {
        throw illegalArgument(where + ": " + std::to_string(length) + " bytes from " + std::to_string(offset)
                              + " of a buffer of " + std::to_string(capacity));
    }
    address_ = base == nullptr ? nullptr : static_cast<char*>(base) + offset;
}

void* BufferSpan::checked(
    std::size_t count, std::size_t valueBytes, std::size_t alignment, const std::string& where) const {
    if (count > length_ / valueBytes) {
        throw illegalArgument(where + ": " + std::to_string(count) + " values need "
                              + std::to_string(count * valueBytes) + " bytes, the buffer has "
                              + std::to_string(length_));
    }
    if (reinterpret_cast<std::uintptr_t>(address_) % alignment != 0) {
        throw illegalArgument(where + ": the buffer's position is not aligned to " + std::to_string(alignment)
                              + " bytes");
    }
    return address_;
}

void checkRows(const OpenTable& open, jlong firstRow, jlong rows, const std::string& where) {
    const auto present = static_cast<jlong>(open.table.nrow());
    if (firstRow < 0 || rows < 0 || firstRow > present - rows) {
        throw outOfBounds(where + ": " + std::to_string(rows) + " rows from row " + std::to_string(firstRow)
                          + ", the table has " + std::to_string(present));
    }
}

Slicer rowRange(jlong firstRow, jlong rows) {
    return Slicer(IPosition(1, firstRow), IPosition(1, rows));
}

IPosition commonShape(const TableColumn& column, jlong firstRow, jlong rows, const std::string& where) {
    if (column.columnDesc().isFixedShape()) {
        return column.shapeColumn();
    }
    IPosition common;
    for (jlong row = firstRow; row < firstRow + rows; row++) {
        if (!column.isDefined(static_cast<casacore::rownr_t>(row))) {
            throw illegalArgument(where + ": the cell of row " + std::to_string(row) + " has no shape");
        }
        const IPosition shape = column.shape(static_cast<casacore::rownr_t>(row));
        if (row == firstRow) {
            common.resize(shape.size());
            common = shape;
        } else if (!shape.isEqual(common)) {
            throw illegalArgument(where + ": the cell of row " + std::to_string(row) + " has shape " + toText(shape)
                                  + ", that of row " + std::to_string(firstRow) + " " + toText(common));
        }
    }
    return common;
}

void checkTruthValues(const bool* values, std::size_t count, const std::string& where) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(values);
    // Eight at a time: a dump has millions.
    std::uint64_t all = 0;
    std::size_t i = 0;
    for (; count - i >= sizeof all; i += sizeof all) {
        std::uint64_t eight;
        std::memcpy(&eight, bytes + i, sizeof eight);
        all |= eight;
    }
    for (; i < count; i++) {
        all |= bytes[i];
    }
    constexpr std::uint64_t allTrue = 0x0101010101010101;
    if ((all & ~allTrue) != 0) {
        throw illegalArgument(where + ": truth values must be bytes of 0 or 1");
    }
}

}  // namespace cbfsdp

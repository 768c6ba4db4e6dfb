// Everything that is checked before casacore reads or writes through the address of a Java buffer.
#pragma once

#include <casacore/casa/Arrays/IPosition.h>
#include <casacore/casa/Arrays/Slicer.h>
#include <jni.h>

#include <cstddef>
#include <string>

#include "open_table.h"

namespace cbfsdp {

// The part of a direct buffer that a call may touch.
struct BufferSpan {
    BufferSpan(JNIEnv* env, jobject buffer, jlong offset, jlong length, const std::string& where);

    // The address, if it suits values of that size and alignment and holds so many of them.
    template <typename T>
    T* values(std::size_t count, const std::string& where) const {
        return static_cast<T*>(checked(count, sizeof(T), alignof(T), where));
    }

private:
    void* checked(std::size_t count, std::size_t valueBytes, std::size_t alignment, const std::string& where) const;

    char* address_;
    std::size_t length_;
};

// Throws IndexOutOfBoundsException unless the table has all of these rows.
void checkRows(const OpenTable& open, jlong firstRow, jlong rows, const std::string& where);

casacore::Slicer rowRange(jlong firstRow, jlong rows);

// The one shape of the cells in these rows (at least one); an undefined cell or a second shape is refused.
casacore::IPosition commonShape(
    const casacore::TableColumn& column, jlong firstRow, jlong rows, const std::string& where);

// casacore's Bool must be 0 or 1 in memory.
template <typename T>
void checkTruthValues(const T*, std::size_t, const std::string&) {}
void checkTruthValues(const bool* values, std::size_t count, const std::string& where);

}  // namespace cbfsdp

// The numbers DataType.java gives casacore's types, and the C++ type behind each.
#pragma once

#include <casacore/casa/BasicSL/Complex.h>
#include <casacore/casa/BasicSL/String.h>
#include <casacore/casa/Utilities/DataType.h>
#include <jni.h>

#include <string>

#include "guard.h"

namespace cbfsdp {

constexpr casacore::DataType kDataTypes[] = {
    casacore::TpBool,  casacore::TpUChar, casacore::TpShort,  casacore::TpUShort, casacore::TpInt,      casacore::TpUInt,
    casacore::TpInt64, casacore::TpFloat, casacore::TpDouble, casacore::TpComplex, casacore::TpDComplex, casacore::TpString};

inline casacore::DataType dataTypeOf(jlong number) {
    if (number < 0 || number >= static_cast<jlong>(std::size(kDataTypes))) {
        throw illegalArgument("data type number " + std::to_string(number));
    }
    return kDataTypes[number];
}

// -1 for the types Java has no name for.
inline jlong numberOf(casacore::DataType type) {
    for (std::size_t i = 0; i < std::size(kDataTypes); i++) {
        if (kDataTypes[i] == type) {
            return static_cast<jlong>(i);
        }
    }
    return -1;
}

template <typename T>
struct TypeTag {
    using Type = T;
};

// Calls body(TypeTag<T>()) with the C++ type of the column's cells; texts are left to the caller.
template <typename Body>
void withNumericType(casacore::DataType type, const std::string& where, Body&& body) {
    switch (type) {
        case casacore::TpBool: return body(TypeTag<casacore::Bool>());
        case casacore::TpUChar: return body(TypeTag<casacore::uChar>());
        case casacore::TpShort: return body(TypeTag<casacore::Short>());
        case casacore::TpUShort: return body(TypeTag<casacore::uShort>());
        case casacore::TpInt: return body(TypeTag<casacore::Int>());
        case casacore::TpUInt: return body(TypeTag<casacore::uInt>());
        case casacore::TpInt64: return body(TypeTag<casacore::Int64>());
        case casacore::TpFloat: return body(TypeTag<casacore::Float>());
        case casacore::TpDouble: return body(TypeTag<casacore::Double>());
        case casacore::TpComplex: return body(TypeTag<casacore::Complex>());
        case casacore::TpDComplex: return body(TypeTag<casacore::DComplex>());
        default: throw illegalArgument(where + " holds no values of fixed width");
    }
}

}  // namespace cbfsdp

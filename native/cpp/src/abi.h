#pragma once

#include <jni.h>

namespace cbfsdp {

// Raised with every change of a native method or its meaning; Casacore.java has the same number.
constexpr jint kCasacoreAbi = 1;

// The same for the sockets; LinuxSocket.java has the same number.
constexpr jint kNetAbi = 4;

// The same for the transposition; ElementTransposer.java has the same number.
constexpr jint kTransposeAbi = 1;

}  // namespace cbfsdp

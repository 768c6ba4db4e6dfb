// org.casacore.CasacoreJni
#include <casacore/casa/version.h>

#include "abi.h"
#include "open_table.h"
#include "registration.h"
#include "text.h"

namespace cbfsdp {

namespace {

jint JNICALL abi(JNIEnv*, jclass) {
    return kCasacoreAbi;
}

jstring JNICALL version(JNIEnv* env, jclass) {
    return guarded(env, {}, [&] { return toJava(env, casacore::getVersion()); });
}

jint JNICALL openTableCount(JNIEnv* env, jclass) {
    return guarded(env, {}, [&]() -> jint { return openTables().count(); });
}

const JNINativeMethod kMethods[] = {
    method("abi", "()I", abi),
    method("version", "()Ljava/lang/String;", version),
    method("openTables", "()I", openTableCount),
};

}  // namespace

bool registerCasacore(JNIEnv* env) {
    return registerMethods(env, "org/casacore/CasacoreJni", kMethods);
}

}  // namespace cbfsdp

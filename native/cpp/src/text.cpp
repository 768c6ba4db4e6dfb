#include "text.h"

#include <cstdint>

#include "guard.h"

namespace cbfsdp {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The code point at index, which moves past it; a byte that starts none counts as one replacement.
char32_t nextCodePoint(const std::string& utf8, std::size_t& index) {
    const auto lead = static_cast<std::uint8_t>(utf8[index++]);
    if (lead < 0x80) {
        return lead;
    }
    const int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xC2 && lead < 0xE0 ? 1 : 0;
    if (more == 0 || utf8.size() - index < static_cast<std::size_t>(more)) {
        return kReplacement;
    }
    char32_t point = lead & (0x3F >> more);
    for (int i = 0; i < more; i++) {
        const auto byte = static_cast<std::uint8_t>(utf8[index + i]);
        if ((byte & 0xC0) != 0x80) {
            return kReplacement;
        }
        point = point << 6 | (byte & 0x3F);
    }
    constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (point < least[more] || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
        return kReplacement;
    }
    index += more;
    return point;
}

void append(std::string& utf8, char32_t point) {
    if (point < 0x80) {
        utf8 += static_cast<char>(point);
    } else if (point < 0x800) {
        utf8 += static_cast<char>(0xC0 | point >> 6);
        utf8 += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        utf8 += static_cast<char>(0xE0 | point >> 12);
        utf8 += static_cast<char>(0x80 | (point >> 6 & 0x3F));
        utf8 += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        utf8 += static_cast<char>(0xF0 | point >> 18);
        utf8 += static_cast<char>(0x80 | (point >> 12 & 0x3F));
        utf8 += static_cast<char>(0x80 | (point >> 6 & 0x3F));
        utf8 += static_cast<char>(0x80 | (point & 0x3F));
    }
}

}  // namespace

jstring toJava(JNIEnv* env, const std::string& utf8) {
    std::vector<jchar> units;
    units.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        const char32_t point = nextCodePoint(utf8, i);
        if (point < 0x10000) {
            units.push_back(static_cast<jchar>(point));
        } else {
            units.push_back(static_cast<jchar>(0xD800 + ((point - 0x10000) >> 10)));
            units.push_back(static_cast<jchar>(0xDC00 + ((point - 0x10000) & 0x3FF)));
        }
    }
    jstring text = env->NewString(units.data(), static_cast<jsize>(units.size()));
    checkPending(env);
    return text;
}

jobjectArray toJava(JNIEnv* env, const std::vector<casacore::String>& texts) {
    jclass type = env->FindClass("java/lang/String");
    checkPending(env);
    jobjectArray array = env->NewObjectArray(static_cast<jsize>(texts.size()), type, nullptr);
    checkPending(env);
    for (std::size_t i = 0; i < texts.size(); i++) {
        jstring text = toJava(env, texts[i]);
        env->SetObjectArrayElement(array, static_cast<jsize>(i), text);
        checkPending(env);
        env->DeleteLocalRef(text);
    }
    return array;
}

jlongArray toJava(JNIEnv* env, const std::vector<jlong>& numbers) {
    jlongArray array = env->NewLongArray(static_cast<jsize>(numbers.size()));
    checkPending(env);
    env->SetLongArrayRegion(array, 0, static_cast<jsize>(numbers.size()), numbers.data());
    checkPending(env);
    return array;
}

std::string toUtf8(JNIEnv* env, jstring text) {
    if (text == nullptr) {
        throw illegalArgument("a text is null");
    }
    std::vector<jchar> units(static_cast<std::size_t>(env->GetStringLength(text)));
    env->GetStringRegion(text, 0, static_cast<jsize>(units.size()), units.data());
    checkPending(env);
    std::string utf8;
    utf8.reserve(units.size());
    for (std::size_t i = 0; i < units.size(); i++) {
        const char32_t unit = units[i];
        const bool high = unit >= 0xD800 && unit < 0xDC00;
        if (high && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
            append(utf8, 0x10000 + ((unit - 0xD800) << 10) + (units[i + 1] - 0xDC00));
            i++;
        } else {
            append(utf8, unit >= 0xD800 && unit < 0xE000 ? kReplacement : unit);
        }
    }
    return utf8;
}

std::vector<casacore::String> toUtf8(JNIEnv* env, jobjectArray texts) {
    std::vector<casacore::String> result;
    const jsize count = env->GetArrayLength(texts);
    result.reserve(static_cast<std::size_t>(count));
    for (jsize i = 0; i < count; i++) {
        auto text = static_cast<jstring>(env->GetObjectArrayElement(texts, i));
        checkPending(env);
        result.emplace_back(toUtf8(env, text));
        env->DeleteLocalRef(text);
    }
    return result;
}

std::vector<jlong> toVector(JNIEnv* env, jlongArray numbers) {
    std::vector<jlong> result(static_cast<std::size_t>(env->GetArrayLength(numbers)));
    env->GetLongArrayRegion(numbers, 0, static_cast<jsize>(result.size()), result.data());
    checkPending(env);
    return result;
}

std::vector<jint> toVector(JNIEnv* env, jintArray numbers) {
    std::vector<jint> result(static_cast<std::size_t>(env->GetArrayLength(numbers)));
    env->GetIntArrayRegion(numbers, 0, static_cast<jsize>(result.size()), result.data());
    checkPending(env);
    return result;
}

casacore::IPosition toPosition(const std::vector<jlong>& extents) {
    casacore::IPosition position(static_cast<casacore::uInt>(extents.size()));
    for (std::size_t i = 0; i < extents.size(); i++) {
        position[i] = extents[i];
    }
    return position;
}

std::vector<jlong> toExtents(const casacore::IPosition& position) {
    std::vector<jlong> extents;
    for (std::size_t i = 0; i < position.size(); i++) {
        extents.push_back(position[i]);
    }
    return extents;
}

std::string toText(const casacore::IPosition& position) {
    std::string text = "[";
    for (std::size_t i = 0; i < position.size(); i++) {
        text += (i == 0 ? "" : ", ") + std::to_string(position[i]);
    }
    return text + "]";
}

}  // namespace cbfsdp

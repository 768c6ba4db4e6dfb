// Copies past the cache: lines that are written whole need not be read first, and push nothing out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cbfsdp {

inline void prefetch(const void* address) {
    __builtin_prefetch(address);
}

#ifdef __SSE2__

constexpr std::size_t kStreamAlignment = 16;

// The target is aligned to 16 bytes, to 8 if that is all there is to copy.
template <std::size_t Bytes>
inline void streamValue(char* to, const char* from) {
    if constexpr (Bytes % 16 == 0) {
        for (std::size_t i = 0; i < Bytes; i += 16) {
            _mm_stream_si128(
                reinterpret_cast<__m128i*>(to + i), _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i)));
        }
    } else {
        static_assert(Bytes == 8, "one complex64, or an even number of them");
        long long value;
        std::memcpy(&value, from, sizeof value);
        _mm_stream_si64(reinterpret_cast<long long*>(to), value);
    }
}

// Makes what was streamed visible to other threads in the order of the program.
inline void finishStreaming() {
    _mm_sfence();
}

#else

constexpr std::size_t kStreamAlignment = 8;

template <std::size_t Bytes>
inline void streamValue(char* to, const char* from) {
    std::memcpy(to, from, Bytes);
}

inline void finishStreaming() {}

#endif

inline bool isStreamable(const void* address) {
    return reinterpret_cast<std::uintptr_t>(address) % kStreamAlignment == 0;
}

// Any alignment, any size.
inline void streamBytes(char* to, const char* from, std::size_t count) {
    constexpr std::size_t line = 64;
    std::size_t head = -reinterpret_cast<std::uintptr_t>(to) % line;
    head = head < count ? head : count;
    std::memcpy(to, from, head);
    std::size_t done = head;
    for (; count - done >= line; done += line) {
        streamValue<line>(to + done, from + done);
    }
    std::memcpy(to + done, from + done, count - done);
}

}  // namespace cbfsdp

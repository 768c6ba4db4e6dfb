#include "element_transposer.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "streaming_copy.h"

namespace cbfsdp {

namespace {

// Measured: 32 baselines are runs of a kilobyte in each channel. Towards the set, the strides of 64 channels still fit the TLB, and
// rows are written in runs of kilobytes. Towards heaps, 16 channels keep what is gathered in the nearest cache. The block after is
// prefetched meanwhile.
constexpr std::ptrdiff_t kSetChannels = 64;
constexpr std::ptrdiff_t kHeapChannels = 16;
constexpr std::ptrdiff_t kBaselines = 32;
constexpr std::ptrdiff_t kVisibilityBytes = 8;
constexpr std::ptrdiff_t kPrefixBytes = 2;
// A heap that stays in the cache until it is sent is better written there.
constexpr std::ptrdiff_t kStreamedHeapBytes = 1 << 18;

template <int Polarisations>
using Flags = std::conditional_t<
    Polarisations == 4, std::uint32_t, std::conditional_t<Polarisations == 2, std::uint16_t, std::uint8_t>>;

template <int Polarisations>
constexpr auto kAllFlagged = static_cast<Flags<Polarisations>>(0x01010101);

struct Block {
    std::ptrdiff_t firstChannel;
    std::ptrdiff_t channelEnd;
    std::ptrdiff_t firstBaseline;
    std::ptrdiff_t baselineEnd;
};

template <std::ptrdiff_t Channels, typename Move>
void forBlocks(const HeapElements& heap, const Move& move) {
    for (std::ptrdiff_t b = 0; b < heap.baselines; b += kBaselines) {
        for (std::ptrdiff_t c = 0; c < heap.channels; c += Channels) {
            move(Block{c, std::min(c + Channels, heap.channels), b, std::min(b + kBaselines, heap.baselines)});
        }
    }
}

template <int Polarisations, bool Streamed>
void blockToSet(const HeapElements& heap, const SetRows& rows, bool flagWhereFdZero, const Block& block) {
    constexpr std::ptrdiff_t visBytes = kVisibilityBytes * Polarisations;
    const std::ptrdiff_t step = heap.baselines * heap.elementBytes;
    for (std::ptrdiff_t b = block.firstBaseline; b < block.baselineEnd; b++) {
        const char* from = heap.data + block.firstChannel * step + b * heap.elementBytes;
        const std::ptrdiff_t at = b * rows.channels + rows.firstChannel + block.firstChannel;
        char* visibilities = rows.visibilities + at * visBytes;
        char* flags = rows.flags + at * Polarisations;
        std::int64_t fdSum = 0;
        for (std::ptrdiff_t c = block.firstChannel; c < block.channelEnd; c++) {
            const auto fd = static_cast<unsigned char>(from[heap.fdOffset]);
            fdSum += fd;
            if constexpr (Streamed) {
                streamValue<visBytes>(visibilities, from + heap.visOffset);
            } else {
                std::memcpy(visibilities, from + heap.visOffset, visBytes);
            }
            prefetch(from + kBaselines * heap.elementBytes);
            const Flags<Polarisations> flagged = flagWhereFdZero && fd == 0 ? kAllFlagged<Polarisations> : 0;
            std::memcpy(flags, &flagged, Polarisations);
            from += step;
            visibilities += visBytes;
            flags += Polarisations;
        }
        rows.fdSums[b] += fdSum;
    }
}

// Gathers a block by rows, then puts the run of each channel into the heap at once.
template <int Polarisations>
std::int64_t blockToHeap(const SetRows& rows, const HeapElements& heap, bool fdFromFlags, bool streamed, const Block& block) {
    constexpr std::ptrdiff_t visBytes = kVisibilityBytes * Polarisations;
    constexpr std::ptrdiff_t elementBytes = kPrefixBytes + visBytes;
    constexpr std::ptrdiff_t runBytes = kBaselines * elementBytes;
    char gathered[kHeapChannels * runBytes];
    std::int64_t partlyFlagged = 0;
    for (std::ptrdiff_t b = block.firstBaseline; b < block.baselineEnd; b++) {
        const std::ptrdiff_t at = b * rows.channels + rows.firstChannel + block.firstChannel;
        const char* visibilities = rows.visibilities + at * visBytes;
        const char* flags = rows.flags + at * Polarisations;
        char* to = gathered + (b - block.firstBaseline) * elementBytes;
        for (std::ptrdiff_t c = block.firstChannel; c < block.channelEnd; c++) {
            Flags<Polarisations> flagged;
            std::memcpy(&flagged, flags, Polarisations);
            const bool all = flagged == kAllFlagged<Polarisations>;
            partlyFlagged += flagged != 0 && !all ? 1 : 0;
            to[0] = 0;
            to[1] = static_cast<char>(fdFromFlags && !all ? 0xFF : 0);
            std::memcpy(to + kPrefixBytes, visibilities, visBytes);
            prefetch(visibilities + kHeapChannels * visBytes);
            to += runBytes;
            visibilities += visBytes;
            flags += Polarisations;
        }
    }
    const std::ptrdiff_t bytes = (block.baselineEnd - block.firstBaseline) * elementBytes;
    for (std::ptrdiff_t c = block.firstChannel; c < block.channelEnd; c++) {
        char* to = heap.data + (c * heap.baselines + block.firstBaseline) * elementBytes;
        const char* from = gathered + (c - block.firstChannel) * runBytes;
        if (streamed) {
            streamBytes(to, from, static_cast<std::size_t>(bytes));
        } else {
            std::memcpy(to, from, static_cast<std::size_t>(bytes));
        }
    }
    return partlyFlagged;
}

template <int Polarisations>
void allToSet(const HeapElements& heap, const SetRows& rows, bool flagWhereFdZero) {
    if (isStreamable(rows.visibilities)) {
        forBlocks<kSetChannels>(heap, [&](const Block& block) {
            blockToSet<Polarisations, true>(heap, rows, flagWhereFdZero, block);
        });
        finishStreaming();
    } else {
        forBlocks<kSetChannels>(heap, [&](const Block& block) {
            blockToSet<Polarisations, false>(heap, rows, flagWhereFdZero, block);
        });
    }
}

template <int Polarisations>
std::int64_t allToHeap(const SetRows& rows, const HeapElements& heap, bool fdFromFlags) {
    const bool streamed = heap.channels * heap.baselines * heap.elementBytes >= kStreamedHeapBytes;
    std::int64_t partlyFlagged = 0;
    forBlocks<kHeapChannels>(heap, [&](const Block& block) {
        partlyFlagged += blockToHeap<Polarisations>(rows, heap, fdFromFlags, streamed, block);
    });
    finishStreaming();
    return partlyFlagged;
}

}  // namespace

void toSetOrder(const HeapElements& heap, const SetRows& rows, int polarisations, bool flagWhereFdZero) {
    switch (polarisations) {
        case 1: return allToSet<1>(heap, rows, flagWhereFdZero);
        case 2: return allToSet<2>(heap, rows, flagWhereFdZero);
        default: return allToSet<4>(heap, rows, flagWhereFdZero);
    }
}

std::int64_t toHeapOrder(const SetRows& rows, const HeapElements& heap, int polarisations, bool fdFromFlags) {
    switch (polarisations) {
        case 1: return allToHeap<1>(rows, heap, fdFromFlags);
        case 2: return allToHeap<2>(rows, heap, fdFromFlags);
        default: return allToHeap<4>(rows, heap, fdFromFlags);
    }
}

}  // namespace cbfsdp

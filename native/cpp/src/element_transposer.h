// Between heap order, (channel, baseline) of elements, and set order, (baseline, channel, polarisation).
#pragma once

#include <cstddef>
#include <cstdint>

namespace cbfsdp {

struct HeapElements {
    char* data;
    std::ptrdiff_t channels;
    std::ptrdiff_t baselines;
    std::ptrdiff_t elementBytes;
    std::ptrdiff_t fdOffset;
    std::ptrdiff_t visOffset;
};

struct SetRows {
    char* visibilities;
    char* flags;
    std::int64_t* fdSums;
    // In the whole dump, and the one where the heap begins.
    std::ptrdiff_t channels;
    std::ptrdiff_t firstChannel;
};

// Both for 1, 2 or 4 polarisations, which the caller has checked as all else.
void toSetOrder(const HeapElements& heap, const SetRows& rows, int polarisations, bool flagWhereFdZero);

// Returns how many elements had some, but not all, of their polarisations flagged.
std::int64_t toHeapOrder(const SetRows& rows, const HeapElements& heap, int polarisations, bool fdFromFlags);

}  // namespace cbfsdp

// Objects known to Java by number. A number is a slot and the slot's generation, so that one that has been closed is
// recognised even when its slot is in use again. Used under the process-wide lock.
#pragma once

#include <jni.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "guard.h"

namespace cbfsdp {

template <typename T>
class HandleRegistry {
public:
    jlong add(std::unique_ptr<T> object) {
        std::size_t slot = 0;
        while (slot < slots_.size() && slots_[slot].object) {
            slot++;
        }
        if (slot == slots_.size()) {
            slots_.emplace_back();
        }
        slots_[slot].object = std::move(object);
        count_++;
        return static_cast<jlong>(slots_[slot].generation) << 32 | static_cast<jlong>(slot);
    }

    // Null for a number that stands for nothing (any more).
    T* find(jlong handle) {
        const auto slot = static_cast<std::size_t>(handle & 0xFFFFFFFF);
        const bool known = slot < slots_.size() && slots_[slot].generation == static_cast<std::uint32_t>(handle >> 32);
        return known ? slots_[slot].object.get() : nullptr;
    }

    T& get(jlong handle) {
        T* object = find(handle);
        if (object == nullptr) {
            throw illegalState("native handle " + std::to_string(handle) + " is not open");
        }
        return *object;
    }

    std::unique_ptr<T> remove(jlong handle) {
        get(handle);
        Slot& slot = slots_[static_cast<std::size_t>(handle & 0xFFFFFFFF)];
        slot.generation = (slot.generation + 1) & 0x7FFFFFFF;
        count_--;
        return std::move(slot.object);
    }

    int count() const { return count_; }

private:
    struct Slot {
        std::unique_ptr<T> object;
        // From 1, so that no number is 0, which some methods take for "no table".
        std::uint32_t generation = 1;
    };
    std::vector<Slot> slots_;
    int count_ = 0;
};

}  // namespace cbfsdp

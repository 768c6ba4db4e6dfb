// org.cbfsdp.net.MessageVectorJni: one call moves a batch of datagrams. Nothing here allocates or makes Java objects.
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>

#include "registration.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

namespace cbfsdp {

namespace {

// The control block, as MessageVector.java lays it out.
struct Message {
    std::int32_t offset;   // in the caller's block
    std::int32_t length;
    std::int32_t segment;  // bytes of each datagram but the last; 0 = a single one
    std::int32_t flags;
    std::int32_t bodyOffset;  // in memory of its own, which follows when it is sent
    std::int32_t bodyLength;  // 0 = there is none
};
struct Control {
    std::int32_t dropsSeen;  // whether `drops` was told this time
    std::uint32_t drops;     // since the socket was opened, modulo 2^32
    std::int32_t reserved[2];
    Message messages[1];
};
static_assert(sizeof(Message) == 24 && offsetof(Control, messages) == 16, "MessageVector.java knows these sizes");

constexpr std::int32_t kTruncated = 1;
constexpr int kMaxMessages = 64;

// A block of memory that Java handed in, or nothing when it is not what was promised.
struct Block {
    Block(JNIEnv* env, jobject buffer)
        : start(static_cast<char*>(env->GetDirectBufferAddress(buffer))),
          size(start == nullptr ? 0 : env->GetDirectBufferCapacity(buffer)) {}
    char* start;
    jlong size;
};

// Both blocks are there, and so many messages fit the control block.
bool fits(const Block& data, const Block& control, jint messages) {
    return data.start != nullptr && control.start != nullptr && messages > 0 && messages <= kMaxMessages
           && control.size >= static_cast<jlong>(offsetof(Control, messages) + messages * sizeof(Message));
}

// Room for the two control messages of a receive, or the one of a send.
union Ancillary {
    char bytes[CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(std::uint32_t))];
    cmsghdr aligned;
};

struct Headers {
    mmsghdr headers[kMaxMessages];
    iovec vectors[kMaxMessages][2];
    Ancillary ancillary[kMaxMessages];

    // A message of one range of memory.
    msghdr& prepare(int index, char* start, std::size_t length) {
        vectors[index][0] = {start, length};
        headers[index] = {};
        msghdr& header = headers[index].msg_hdr;
        header.msg_iov = vectors[index];
        header.msg_iovlen = 1;
        return header;
    }

    // The same message goes on elsewhere.
    void append(int index, char* start, std::size_t length) {
        vectors[index][1] = {start, length};
        headers[index].msg_hdr.msg_iovlen = 2;
    }
};

// Takes out of the ancillary data what the kernel says of one message.
void readAncillary(msghdr& header, Message& message, Control& control) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level == SOL_UDP && part->cmsg_type == UDP_GRO) {
            int segment = 0;
            std::memcpy(&segment, CMSG_DATA(part), sizeof segment);
            message.segment = segment;
        } else if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SO_RXQ_OVFL) {
            std::memcpy(&control.drops, CMSG_DATA(part), sizeof control.drops);
            control.dropsSeen = 1;
        }
    }
}

// Waits for a datagram or a wake-up, which is used up: 1 for a datagram, 0 for neither or a wake-up, or -errno.
int await(int fd, int event, jlong timeoutNanos) {
    pollfd watched[2] = {{fd, POLLIN, 0}, {event, POLLIN, 0}};
    timespec left = {};
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    constexpr jlong second = 1'000'000'000;
    // A hundred years are as good as for ever, and do not overflow.
    const jlong bounded = std::min(timeoutNanos, 3'000'000'000 * second);
    const jlong deadline = now.tv_sec * second + now.tv_nsec + bounded;
    int ready = 0;
    do {
        clock_gettime(CLOCK_MONOTONIC, &now);
        const jlong rest = std::max<jlong>(0, deadline - (now.tv_sec * second + now.tv_nsec));
        left = {static_cast<time_t>(rest / second), static_cast<long>(rest % second)};
        ready = ppoll(watched, 2, &left, nullptr);
    } while (ready < 0 && errno == EINTR);
    if (ready < 0) {
        return -errno;
    }
    if (watched[1].revents != 0) {
        eventfd_t ignored = 0;
        (void)eventfd_read(event, &ignored);
        return 0;
    }
    return watched[0].revents != 0 ? 1 : 0;
}

int receiveOnce(int fd, Headers& batch, unsigned count) {
    int received = 0;
    do {
        received = recvmmsg(fd, batch.headers, count, MSG_DONTWAIT, nullptr);
    } while (received < 0 && errno == EINTR);
    if (received < 0) {
        return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno;
    }
    return received;
}

// Fills slots of equal size with a message each; gives their number, 0 when none came in time, or -errno.
jint JNICALL receive(JNIEnv* env, jclass, jint fd, jint event, jobject dataBuffer, jobject controlBuffer, jint slots,
                     jint slotBytes, jlong timeoutNanos) {
    const Block data(env, dataBuffer);
    const Block block(env, controlBuffer);
    if (!fits(data, block, slots) || slotBytes <= 0 || static_cast<jlong>(slots) * slotBytes > data.size) {
        return -EINVAL;
    }
    auto& control = *reinterpret_cast<Control*>(block.start);
    control.dropsSeen = 0;
    Headers batch;
    for (int i = 0; i < slots; i++) {
        msghdr& header =
            batch.prepare(i, data.start + static_cast<std::ptrdiff_t>(i) * slotBytes, static_cast<std::size_t>(slotBytes));
        header.msg_control = batch.ancillary[i].bytes;
        header.msg_controllen = sizeof batch.ancillary[i].bytes;
    }
    int received = receiveOnce(fd, batch, static_cast<unsigned>(slots));
    if (received == 0 && timeoutNanos > 0) {
        const int ready = await(fd, event, timeoutNanos);
        if (ready <= 0) {
            return ready;
        }
        received = receiveOnce(fd, batch, static_cast<unsigned>(slots));
    }
    for (int i = 0; i < received; i++) {
        msghdr& header = batch.headers[i].msg_hdr;
        Message& message = control.messages[i];
        message.offset = i * slotBytes;
        message.length = static_cast<std::int32_t>(batch.headers[i].msg_len);
        message.segment = 0;
        message.flags = (header.msg_flags & MSG_TRUNC) != 0 ? kTruncated : 0;
        readAncillary(header, message, control);
    }
    return received;
}

// Whether a range lies in a block.
bool holds(const Block& block, std::int32_t offset, std::int32_t length) {
    return block.start != nullptr && offset >= 0 && length >= 0 && static_cast<jlong>(offset) + length <= block.size;
}

// Appends the body of a message; false when it is not where it should be.
bool appendBody(JNIEnv* env, jobjectArray bodies, int index, const Message& message, Headers& batch) {
    if (bodies == nullptr || index >= env->GetArrayLength(bodies)) {
        return false;
    }
    jobject buffer = env->GetObjectArrayElement(bodies, index);
    if (buffer == nullptr) {
        return false;
    }
    const Block body(env, buffer);
    env->DeleteLocalRef(buffer);
    if (!holds(body, message.bodyOffset, message.bodyLength)) {
        return false;
    }
    batch.append(index, body.start + message.bodyOffset, static_cast<std::size_t>(message.bodyLength));
    return true;
}

// Sends messages from `first` on; gives how many left, 0 when the socket is full, or -errno of the first of them.
jint JNICALL send(JNIEnv* env, jclass, jint fd, jobject dataBuffer, jobjectArray bodies, jobject controlBuffer, jint first,
                  jint end) {
    const Block data(env, dataBuffer);
    const Block block(env, controlBuffer);
    if (!fits(data, block, end) || first < 0 || first >= end) {
        return -EINVAL;
    }
    auto& control = *reinterpret_cast<Control*>(block.start);
    Headers batch;
    for (int i = first; i < end; i++) {
        const Message& message = control.messages[i];
        if (message.segment < 0 || !holds(data, message.offset, message.length)) {
            return -EINVAL;
        }
        msghdr& header =
            batch.prepare(i, data.start + message.offset, static_cast<std::size_t>(message.length));
        if (message.bodyLength != 0 && !appendBody(env, bodies, i, message, batch)) {
            return -EINVAL;
        }
        if (message.segment > 0) {
            const auto segment = static_cast<std::uint16_t>(message.segment);
            header.msg_control = batch.ancillary[i].bytes;
            header.msg_controllen = CMSG_SPACE(sizeof segment);
            cmsghdr* part = CMSG_FIRSTHDR(&header);
            part->cmsg_level = SOL_UDP;
            part->cmsg_type = UDP_SEGMENT;
            part->cmsg_len = CMSG_LEN(sizeof segment);
            std::memcpy(CMSG_DATA(part), &segment, sizeof segment);
        }
    }
    int sent = 0;
    do {
        sent = sendmmsg(fd, batch.headers + first, static_cast<unsigned>(end - first), MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno;
    }
    return sent;
}

const JNINativeMethod kMethods[] = {
    method("receive", "(IILjava/nio/ByteBuffer;Ljava/nio/ByteBuffer;IIJ)I", receive),
    method("send", "(ILjava/nio/ByteBuffer;[Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;II)I", send),
};

}  // namespace

bool registerMessageVector(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/MessageVectorJni", kMethods);
}

}  // namespace cbfsdp

// org.cbfsdp.net.LinuxSocketJni: functions that give a number give one that is not negative, or -errno.
#include <arpa/inet.h>
#include <linux/sock_diag.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "abi.h"
#include "registration.h"

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

namespace cbfsdp {

namespace {

jint outcome(long result) {
    return result < 0 ? -errno : static_cast<jint>(result);
}

bool isIpv6(jint family) {
    return family == 6;
}

// An address of either family. IPv4 has its 32 bits at the low end of `low`.
class Address {
public:
    Address(jint family, jlong high, jlong low, jint scope, jint port) : ipv6_(isIpv6(family)) {
        if (ipv6_) {
            six_.sin6_family = AF_INET6;
            six_.sin6_addr = ipv6(high, low);
            six_.sin6_scope_id = static_cast<std::uint32_t>(scope);
            six_.sin6_port = htons(static_cast<std::uint16_t>(port));
        } else {
            four_.sin_family = AF_INET;
            four_.sin_addr.s_addr = htonl(static_cast<std::uint32_t>(low));
            four_.sin_port = htons(static_cast<std::uint16_t>(port));
        }
    }

    static in6_addr ipv6(jlong high, jlong low) {
        in6_addr address = {};
        for (int i = 0; i < 8; i++) {
            const int shift = 56 - 8 * i;
            address.s6_addr[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(high) >> shift);
            address.s6_addr[8 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(low) >> shift);
        }
        return address;
    }

    const sockaddr* get() const {
        return ipv6_ ? reinterpret_cast<const sockaddr*>(&six_) : reinterpret_cast<const sockaddr*>(&four_);
    }
    socklen_t size() const { return ipv6_ ? sizeof six_ : sizeof four_; }

private:
    bool ipv6_;
    sockaddr_in four_ = {};
    sockaddr_in6 six_ = {};
};

struct Option {
    const char* constant;  // of SocketOption.java, which finds its index by this
    int level;
    int name;
};

constexpr Option kOptions[] = {
    {"REUSE_ADDRESS", SOL_SOCKET, SO_REUSEADDR},
    {"RECEIVE_BUFFER", SOL_SOCKET, SO_RCVBUF},
    {"RECEIVE_BUFFER_FORCE", SOL_SOCKET, SO_RCVBUFFORCE},
    {"SEND_BUFFER", SOL_SOCKET, SO_SNDBUF},
    {"SEND_BUFFER_FORCE", SOL_SOCKET, SO_SNDBUFFORCE},
    {"DROP_COUNT", SOL_SOCKET, SO_RXQ_OVFL},
    {"RECEIVE_OFFLOAD", SOL_UDP, UDP_GRO},
    {"SEGMENT", SOL_UDP, UDP_SEGMENT},
    {"UNICAST_TTL_V4", IPPROTO_IP, IP_TTL},
    {"UNICAST_HOPS_V6", IPPROTO_IPV6, IPV6_UNICAST_HOPS},
    {"MULTICAST_TTL_V4", IPPROTO_IP, IP_MULTICAST_TTL},
    {"MULTICAST_HOPS_V6", IPPROTO_IPV6, IPV6_MULTICAST_HOPS},
    {"MULTICAST_LOOP_V4", IPPROTO_IP, IP_MULTICAST_LOOP},
    {"MULTICAST_LOOP_V6", IPPROTO_IPV6, IPV6_MULTICAST_LOOP},
    {"IPV6_ONLY", IPPROTO_IPV6, IPV6_V6ONLY},
    {"MULTICAST_INTERFACE_V6", IPPROTO_IPV6, IPV6_MULTICAST_IF},
};
constexpr jint kOptionCount = static_cast<jint>(sizeof kOptions / sizeof kOptions[0]);

jint JNICALL abi(JNIEnv*, jclass) {
    return kNetAbi;
}

jint JNICALL open(JNIEnv*, jclass, jint family) {
    return outcome(socket(isIpv6(family) ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
}

jint JNICALL openEvent(JNIEnv*, jclass) {
    return outcome(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
}

// After EINTR the descriptor is closed on Linux; a second call could close somebody else's.
jint JNICALL closeDescriptor(JNIEnv*, jclass, jint fd) {
    const int result = close(fd);
    return result < 0 && errno == EINTR ? 0 : outcome(result);
}

jint JNICALL bindTo(JNIEnv*, jclass, jint fd, jint family, jlong high, jlong low, jint scope, jint port) {
    const Address address(family, high, low, scope, port);
    return outcome(bind(fd, address.get(), address.size()));
}

jint JNICALL connectTo(JNIEnv*, jclass, jint fd, jint family, jlong high, jlong low, jint scope, jint port) {
    const Address address(family, high, low, scope, port);
    int result = 0;
    do {
        result = connect(fd, address.get(), address.size());
    } while (result < 0 && errno == EINTR);
    return outcome(result);
}

jint JNICALL localPort(JNIEnv*, jclass, jint fd) {
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) < 0) {
        return -errno;
    }
    return address.ss_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)
                                         : ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

// The constant of an option; null when there are not so many.
jstring JNICALL optionName(JNIEnv* env, jclass, jint option) {
    return option < 0 || option >= kOptionCount ? nullptr : env->NewStringUTF(kOptions[option].constant);
}

jint JNICALL setOption(JNIEnv*, jclass, jint fd, jint option, jint value) {
    if (option < 0 || option >= kOptionCount) {
        return -EINVAL;
    }
    return outcome(setsockopt(fd, kOptions[option].level, kOptions[option].name, &value, sizeof value));
}

jint JNICALL getOption(JNIEnv*, jclass, jint fd, jint option) {
    if (option < 0 || option >= kOptionCount) {
        return -EINVAL;
    }
    jint value = 0;
    socklen_t size = sizeof value;
    const int result = getsockopt(fd, kOptions[option].level, kOptions[option].name, &value, &size);
    return result < 0 ? -errno : value;
}

jint JNICALL join(JNIEnv*, jclass, jint fd, jint family, jlong high, jlong low, jint interfaceIndex) {
    if (isIpv6(family)) {
        ipv6_mreq group = {};
        group.ipv6mr_multiaddr = Address::ipv6(high, low);
        group.ipv6mr_interface = static_cast<unsigned>(interfaceIndex);
        return outcome(setsockopt(fd, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &group, sizeof group));
    }
    ip_mreqn group = {};
    group.imr_multiaddr.s_addr = htonl(static_cast<std::uint32_t>(low));
    group.imr_ifindex = interfaceIndex;
    return outcome(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group));
}

jint JNICALL multicastInterface(JNIEnv*, jclass, jint fd, jint family, jint interfaceIndex) {
    if (isIpv6(family)) {
        return outcome(
            setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &interfaceIndex, sizeof interfaceIndex));
    }
    ip_mreqn link = {};
    link.imr_ifindex = interfaceIndex;
    return outcome(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &link, sizeof link));
}

// 32 bits of drop count in the low half; SO_MEMINFO knows them at once, where SO_RXQ_OVFL waits for the next packet.
jlong JNICALL drops(JNIEnv*, jclass, jint fd) {
    std::uint32_t memory[SK_MEMINFO_VARS] = {};
    socklen_t size = sizeof memory;
    if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory, &size) < 0) {
        return -errno;
    }
    return static_cast<jlong>(memory[SK_MEMINFO_DROPS]);
}

jint JNICALL wake(JNIEnv*, jclass, jint event) {
    int result = 0;
    do {
        result = eventfd_write(event, 1);
    } while (result < 0 && errno == EINTR);
    // A counter that is full wakes just as well.
    return result < 0 && errno == EAGAIN ? 0 : outcome(result);
}

const JNINativeMethod kMethods[] = {
    method("abi", "()I", abi),
    method("open", "(I)I", open),
    method("openEvent", "()I", openEvent),
    method("close", "(I)I", closeDescriptor),
    method("bind", "(IIJJII)I", bindTo),
    method("connect", "(IIJJII)I", connectTo),
    method("localPort", "(I)I", localPort),
    method("optionName", "(I)Ljava/lang/String;", optionName),
    method("setOption", "(III)I", setOption),
    method("getOption", "(II)I", getOption),
    method("join", "(IIJJI)I", join),
    method("multicastInterface", "(III)I", multicastInterface),
    method("drops", "(I)J", drops),
    method("wake", "(I)I", wake),
};

}  // namespace

bool registerLinuxSocket(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/LinuxSocketJni", kMethods);
}

}  // namespace cbfsdp

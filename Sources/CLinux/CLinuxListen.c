#include "CLinuxListen.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <time.h>

// Where the TCP header begins at offset 0, as in a filter of a TCP socket.
enum { FLAGS = 13, SYN = 0x02, ACK = 0x10 };

int vouch_sieve_attach(int descriptor, uint32_t multiplier, uint32_t passing) {
    struct sock_filter program[] = {
        /*  0 */ BPF_STMT(BPF_LD | BPF_B | BPF_ABS, FLAGS),
        /*  1 */ BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, SYN, 0, 15),
        /*  2 */ BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, ACK, 14, 0),
        /*  3 */ BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_NET_OFF),
        /*  4 */ BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xf0),
        /*  5 */ BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x40, 0, 2),
        /*  6 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_NET_OFF + 12),
        /*  7 */ BPF_STMT(BPF_JMP | BPF_JA, 5),
        /*  8 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_NET_OFF + 8),
        /*  9 */ BPF_STMT(BPF_ST, 0),
        /* 10 */ BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)SKF_NET_OFF + 12),
        /* 11 */ BPF_STMT(BPF_LDX | BPF_W | BPF_MEM, 0),
        /* 12 */ BPF_STMT(BPF_ALU | BPF_XOR | BPF_X, 0),
        /* 13 */ BPF_STMT(BPF_ALU | BPF_MUL | BPF_K, multiplier),
        /* 14 */ BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 24),
        /* 15 */ BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, passing, 0, 1),
        /* 16 */ BPF_STMT(BPF_RET | BPF_K, 0),
        /* 17 */ BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
    };
    struct sock_fprog filter = {sizeof(program) / sizeof(program[0]), program};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
}

int vouch_sieve_detach(int descriptor) {
    int unused = 0;
    int result = setsockopt(descriptor, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused));
    return result < 0 && errno == ENOENT ? 0 : result;
}

int64_t vouch_socket_drops(int descriptor) {
    uint32_t figures[SK_MEMINFO_VARS] = {0};
    socklen_t length = sizeof(figures);
    if (getsockopt(descriptor, SOL_SOCKET, SO_MEMINFO, figures, &length) < 0) return -1;
    return figures[SK_MEMINFO_DROPS];
}

uint64_t vouch_thread_cpu_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* Preloaded into a process: lets the nth change to files below a folder fail.
 *
 * faults_arm(folder, n, error, forever): from then on calls are counted; the nth, or with `forever`
 * every one from the nth on, fails with `error`. n = 0 only counts. faults_count() tells how many.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static int armed, nth, error_number, for_ever, count;

void faults_arm(const char *where, int n, int error, int forever) {
    strncpy(folder, where, sizeof folder - 1);
    nth = n, error_number = error, for_ever = forever, count = 0, armed = 1;
}

int faults_count(void) { return count; }

static int fails(const char *path) {
    if (!armed || !path || strncmp(path, folder, strlen(folder))) return 0;
    count++;
    if (!nth || count < nth || (count > nth && !for_ever)) return 0;
    errno = error_number;
    return 1;
}

static int fails_at(int descriptor) {
    char link[64], path[4096];
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CHANGES(flags) ((flags) & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC))

#define OPEN(name)                                                     \
    int name(const char *path, int flags, ...) {                       \
        va_list list;                                                  \
        va_start(list, flags);                                         \
        mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;      \
        va_end(list);                                                  \
        if (CHANGES(flags) && fails(path)) return -1;                  \
        return REAL(name)(path, flags, mode);                          \
    }
#define OPENAT(name)                                                   \
    int name(int at, const char *path, int flags, ...) {               \
        va_list list;                                                  \
        va_start(list, flags);                                         \
        mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;      \
        va_end(list);                                                  \
        if (CHANGES(flags) && fails(path)) return -1;                  \
        return REAL(name)(at, path, flags, mode);                      \
    }
#define AT_DESCRIPTOR(type, name, parameters, arguments)               \
    type name parameters {                                             \
        if (fails_at(descriptor)) return -1;                           \
        return REAL(name) arguments;                                   \
    }
#define AT_PATH(name, parameters, path, arguments)                     \
    int name parameters {                                              \
        if (fails(path)) return -1;                                    \
        return REAL(name) arguments;                                   \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
AT_DESCRIPTOR(ssize_t, write, (int descriptor, const void *data, size_t size),
              (descriptor, data, size))
AT_DESCRIPTOR(ssize_t, pwrite, (int descriptor, const void *data, size_t size, off_t at),
              (descriptor, data, size, at))
AT_DESCRIPTOR(ssize_t, pwrite64, (int descriptor, const void *data, size_t size, off64_t at),
              (descriptor, data, size, at))
AT_DESCRIPTOR(int, ftruncate, (int descriptor, off_t size), (descriptor, size))
AT_DESCRIPTOR(int, ftruncate64, (int descriptor, off64_t size), (descriptor, size))
AT_DESCRIPTOR(int, fsync, (int descriptor), (descriptor))
AT_DESCRIPTOR(int, fdatasync, (int descriptor), (descriptor))
AT_PATH(rename, (const char *from, const char *to), to, (from, to))
AT_PATH(renameat, (int a, const char *from, int b, const char *to), to, (a, from, b, to))
AT_PATH(link, (const char *from, const char *to), to, (from, to))
AT_PATH(linkat, (int a, const char *from, int b, const char *to, int flags), to,
        (a, from, b, to, flags))
AT_PATH(mkdir, (const char *path, mode_t mode), path, (path, mode))
AT_PATH(unlink, (const char *path), path, (path))
AT_PATH(chmod, (const char *path, mode_t mode), path, (path, mode))

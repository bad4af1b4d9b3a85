/*
 * Lets calls to the operating system fail on files of a certain name, for LD_PRELOAD.
 *
 *   FAULT_NAME   part of the name of the files, such as users.db
 *   FAULT_CALL   write, sync, truncate, unlink or open (which creates)
 *   FAULT_AT     the number of the call that fails, from 1
 *   FAULT_LAST   the number of the last call that fails
 *   FAULT_ERRNO  what it fails with; 0 for a write of half the bytes
 *   FAULT_SEEN   a file that is created when a call has failed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static long number(const char *name) {
  const char *text = getenv(name);
  return text == NULL ? 0 : atol(text);
}

static int concerns(const char *call, const char *path) {
  const char *wanted_call = getenv("FAULT_CALL");
  const char *wanted_name = getenv("FAULT_NAME");
  return wanted_call != NULL && wanted_name != NULL && strcmp(call, wanted_call) == 0 &&
         strstr(path, wanted_name) != NULL;
}

/* Whether this call is one of those that are to fail. */
static int fails(const char *call, const char *path) {
  if (!concerns(call, path)) {
    return 0;
  }
  long n = atomic_fetch_add(&calls, 1) + 1;
  if (n < number("FAULT_AT") || n > number("FAULT_LAST")) {
    return 0;
  }
  const char *seen = getenv("FAULT_SEEN");
  if (seen != NULL) {
    int fd = (int)syscall(SYS_openat, AT_FDCWD, seen, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd >= 0) {
      syscall(SYS_close, fd);
    }
  }
  return 1;
}

static int fails_on(const char *call, int fd) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = '\0';
  return fails(call, path);
}

static int error(void) {
  errno = (int)number("FAULT_ERRNO");
  return -1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
  if (fails_on("write", fd)) {
    return number("FAULT_ERRNO") == 0 ? NEXT(write)(fd, bytes, count / 2) : error();
  }
  return NEXT(write)(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  if (fails_on("write", fd)) {
    return number("FAULT_ERRNO") == 0 ? NEXT(pwrite64)(fd, bytes, count / 2, offset) : error();
  }
  return NEXT(pwrite64)(fd, bytes, count, offset);
}

int fsync(int fd) { return fails_on("sync", fd) ? error() : NEXT(fsync)(fd); }

int fdatasync(int fd) { return fails_on("sync", fd) ? error() : NEXT(fdatasync)(fd); }

int ftruncate64(int fd, off64_t length) {
  return fails_on("truncate", fd) ? error() : NEXT(ftruncate64)(fd, length);
}

int unlink(const char *path) { return fails("unlink", path) ? error() : NEXT(unlink)(path); }

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  if ((flags & O_CREAT) != 0 && fails("open", path)) {
    return error();
  }
  return NEXT(open64)(path, flags, mode);
}

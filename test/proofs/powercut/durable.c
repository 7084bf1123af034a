/*
 * A disk that keeps only what was synced. Loaded before libc (LD_PRELOAD): at every fsync and fdatasync of a file below
 * DURABLE_ROOT, the file's bytes are copied to the same place below DURABLE_COPY, whole or not at all. A file that was
 * never synced is not there. Renames and removals are taken for durable at once (a journalling file system orders them);
 * -shm files are not kept: SQLite makes them anew. Each sync of a database itself that another thread than the main one
 * makes, which is the end of a checkpoint of that thread, puts one byte into DURABLE_CHECKPOINTS.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t next = PTHREAD_COND_INITIALIZER;
static unsigned long drawn, served;

/* One after the other as they came: a mutex alone lets those who copy the log again and again keep a checkpoint out. */
static void take_turn(void) {
  pthread_mutex_lock(&lock);
  unsigned long mine = drawn++;
  while (served != mine) pthread_cond_wait(&next, &lock);
  pthread_mutex_unlock(&lock);
}

static void end_turn(void) {
  pthread_mutex_lock(&lock);
  served++;
  pthread_cond_broadcast(&next);
  pthread_mutex_unlock(&lock);
}

static int ends_with(const char *text, const char *end, size_t length) {
  size_t size = strlen(text);
  return length > 0 && size >= length && memcmp(text + size - length, end, length) == 0;
}

/* The place of a file's durable bytes; 0 where the file is none of ours. */
static int copy_of(const char *path, char *copy) {
  const char *root = getenv("DURABLE_ROOT");
  const char *kept = getenv("DURABLE_COPY");
  if (root == NULL || kept == NULL) return 0;
  size_t length = strlen(root);
  if (strncmp(path, root, length) != 0 || path[length] != '/') return 0;
  if (ends_with(path, "-shm", 4)) return 0;
  return snprintf(copy, PATH_MAX, "%s%s", kept, path + length) < PATH_MAX;
}

static void make_folders(char *path) {
  for (char *at = strchr(path + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
    *at = '\0';
    mkdir(path, 0700);
    *at = '/';
  }
}

static void keep(const char *path) {
  char copy[PATH_MAX], part[PATH_MAX + 8], bytes[65536];
  if (!copy_of(path, copy)) return;
  static int (*real_rename)(const char *, const char *);
  if (real_rename == NULL) real_rename = dlsym(RTLD_NEXT, "rename");
  take_turn();
  make_folders(copy);
  snprintf(part, sizeof part, "%s.part", copy);
  int from = open(path, O_RDONLY), to = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ssize_t count;
  int whole = from >= 0 && to >= 0;
  while (whole && (count = read(from, bytes, sizeof bytes)) > 0) whole = write(to, bytes, count) == count;
  if (from >= 0) close(from);
  if (to >= 0) close(to);
  if (whole) real_rename(part, copy);
  end_turn();
}

static void count_checkpoint(const char *path) {
  const char *counter = getenv("DURABLE_CHECKPOINTS");
  if (counter == NULL || !ends_with(path, ".db", 3) || syscall(SYS_gettid) == getpid()) return;
  int file = open(counter, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) return;
  if (write(file, ".", 1) < 0) perror("DURABLE_CHECKPOINTS");
  close(file);
}

static int synced(int handle) {
  char link[64], path[PATH_MAX];
  struct stat facts;
  if (fstat(handle, &facts) != 0 || !S_ISREG(facts.st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = '\0';
  keep(path);
  count_checkpoint(path);
  return 0;
}

int fsync(int handle) { return synced(handle); }

int fdatasync(int handle) { return synced(handle); }

int rename(const char *from, const char *to) {
  static int (*real)(const char *, const char *);
  if (real == NULL) real = dlsym(RTLD_NEXT, "rename");
  int result = real(from, to);
  char copy_from[PATH_MAX], copy_to[PATH_MAX];
  if (result == 0 && copy_of(from, copy_from) && copy_of(to, copy_to)) {
    make_folders(copy_to);
    real(copy_from, copy_to);
  }
  return result;
}

int unlink(const char *path) {
  static int (*real)(const char *);
  if (real == NULL) real = dlsym(RTLD_NEXT, "unlink");
  int result = real(path);
  char copy[PATH_MAX];
  if (result == 0 && copy_of(path, copy)) real(copy);
  return result;
}

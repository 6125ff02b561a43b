/* The token that says which speaker this is: a file of its own, for the eyes of syncd alone. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "sync/http.h"

static err_t check_file(int fd, const char *file) {
    struct stat st;
    if (fstat(fd, &st)) return err_fail(ERR_IO, "cannot read %s: %s", file, strerror(errno));
    if (!S_ISREG(st.st_mode)) return err_fail(ERR_FORMAT, "%s is no file", file);
    if (st.st_mode & 077)
        return err_fail(ERR_DENIED, "others may read the token in %s: chmod 600 it, and pair anew if they have", file);
    return ERR_OK;
}

err_t http_token_read(char *out, size_t cap, const char *file) {
    char text[HTTP_HEADER_MAX + 2];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return err_fail(ERR_NOT_FOUND, "cannot read the token in %s: %s", file, strerror(errno));
    err_t err = check_file(fd, file);
    ssize_t n = err ? 0 : read(fd, text, sizeof text - 1);
    close(fd);
    TRY(err);
    text[n < 0 ? 0 : n] = '\0';
    const char *token = str_trim(text);
    if (!*token || strpbrk(token, " \t\r\n") || !str_copy(out, cap, token))
        return err_fail(ERR_FORMAT, "%s is no token: one line of at most %d characters", file, HTTP_HEADER_MAX - 1);
    return ERR_OK;
}

/* A name is on the disk when its folder is. */
static bool flush_folder(const char *file) {
    char folder[HTTP_URL_MAX];
    if (!str_copy(folder, sizeof folder, file)) return false;
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool flushed = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return flushed;
}

err_t http_token_write(const char *token, const char *file) {
    char beside[HTTP_URL_MAX];
    if (snprintf(beside, sizeof beside, "%s.new", file) >= (int)sizeof beside)
        return err_fail(ERR_RANGE, "the path %s is too long", file);
    unlink(beside);
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool written = fd >= 0 && dprintf(fd, "%s\n", token) > 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    if (written && rename(beside, file) == 0 && flush_folder(file)) return ERR_OK;
    return err_fail(ERR_IO, "cannot write the token to %s: %s", file, strerror(errno));
}

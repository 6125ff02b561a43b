/* Stands in for libFuzzer: runs the target once on every file of the folders named. */
#include <dirent.h>

#include "fuzz.h"

static int replay(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(1 << 20);
    size_t n = file && data ? fread(data, 1, 1 << 20, file) : 0;
    int failed = !file || !data;
    if (!failed) LLVMFuzzerTestOneInput(data, n);
    if (file) fclose(file);
    free(data);
    return failed;
}

int main(int argc, char **argv) {
    int n = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            char path[4096];
            if (entry->d_name[0] == '.') continue;
            if (snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name) >= (int)sizeof(path)) return 1;
            failed |= replay(path);
            n++;
        }
        if (folder) closedir(folder);
    }
    printf("%d inputs\n", n);
    return failed || n == 0;
}

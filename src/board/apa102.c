/* APA102 lights in a row, over spidev. */
#include <errno.h>
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "board/driver.h"

enum { SPEED_HZ = 1000000, CHIP_LEVELS = 31, CHIP_MARK = 0xe0 };

struct row {
    int fd, n, percent;
};

size_t apa102_frame(uint8_t *out, int n, uint8_t level, uint32_t rgb, int percent) {
    /* rounded up: what is to shine shines */
    int bright = level ? (CHIP_LEVELS * percent * level + 100 * UINT8_MAX - 1) / (100 * UINT8_MAX) : 0;
    uint8_t *at = out;
    memset(at, 0, 4);
    at += 4;
    for (int i = 0; i < n; i++) {
        *at++ = (uint8_t)(CHIP_MARK | bright);
        *at++ = (uint8_t)(level ? rgb & 0xff : 0);
        *at++ = (uint8_t)(level ? rgb >> 8 & 0xff : 0);
        *at++ = (uint8_t)(level ? rgb >> 16 & 0xff : 0);
    }
    memset(at, 0xff, 4); /* half a clock a light pushes the data to the last one: 32 clocks are enough for 64 */
    return (size_t)(at + 4 - out);
}

static void row_show(void *ctx, uint8_t level, uint32_t rgb) {
    struct row *r = ctx;
    uint8_t bytes[APA102_BYTES_MAX];
    ssize_t written = write(r->fd, bytes, apa102_frame(bytes, r->n, level, rgb, r->percent));
    (void)written;
}

static void row_close(void *ctx) {
    struct row *r = ctx;
    row_show(r, 0, 0);
    close(r->fd);
    free(r);
}

static err_t row_open(void **out, const struct board_profile *p) {
    uint8_t mode = SPI_MODE_0, bits = 8;
    uint32_t speed_hz = SPEED_HZ;
    int fd = open(p->light_device, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return err_fail(errno == EACCES ? ERR_DENIED : ERR_DEVICE, "the lights' %s does not open: %s", p->light_device,
                        strerror(errno));
    struct row *r = malloc(sizeof *r);
    bool is_set = ioctl(fd, SPI_IOC_WR_MODE, &mode) == 0 && ioctl(fd, SPI_IOC_WR_BITS_PER_WORD, &bits) == 0 &&
                  ioctl(fd, SPI_IOC_WR_MAX_SPEED_HZ, &speed_hz) == 0;
    if (!r || !is_set) {
        close(fd);
        free(r);
        return err_fail(ERR_DEVICE, "the lights' %s is no SPI device", p->light_device);
    }
    *r = (struct row){.fd = fd, .n = p->light_count, .percent = p->light_percent};
    *out = r;
    return ERR_OK;
}

const struct lights_driver apa102_lights = {.name = "apa102", .open = row_open, .show = row_show, .close = row_close};

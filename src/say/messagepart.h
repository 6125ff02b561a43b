/* The nodes of a message tree: shared by the reader (messageformat.c) and the filler (messagefill.c) only. */
#ifndef SK_SAY_MESSAGEPART_H
#define SK_SAY_MESSAGEPART_H
#include <stdbool.h>
#include <stdint.h>

#include "say/messageformat.h"

enum part_kind { PART_TEXT, PART_ARGUMENT, PART_HASH, PART_PLURAL, PART_ORDINAL, PART_SELECT, PART_CASE };

struct part {
    enum part_kind kind;
    enum argument_style style; /* PART_ARGUMENT */
    bool exact;                /* PART_CASE: "=2", in `number` */
    int32_t next;              /* the part, or case, after this one; -1 none */
    int32_t child;             /* plurals and selects: the first case. PART_CASE: its message */
    int64_t number;            /* thousandths: offset of a plural, value of an exact case */
    uint32_t text, length;     /* in messages.bytes: the text, name or keyword */
};

#endif

#include "base/phone_distance.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE = 1000 };

/* Manners of consonants, from the most to the least closed. */
enum manner { VOWEL, STOP, AFFRICATE, FRICATIVE, NASAL, LIQUID, GLIDE };

/* For consonants: place from the lips (0) to the throat (8). For vowels: height (0 low to 6 high), back (0 front to 4),
 * and where a diphthong glides to. */
struct phone {
    char name[3];
    uint8_t manner;
    uint8_t place; /* of a vowel its height */
    uint8_t back;
    bool voiced; /* of a vowel: rounded */
    char glide;  /* 'y', 'w', 'r'; 0 none */
    uint16_t gap;
};

/* The weak ones: schwa and the short i come and go, so do a flap, an h and the th of function words. */
static const struct phone phones[PHONE_KINDS] = {
    {"AA", VOWEL, 0, 3, false, 0, 800},    {"AE", VOWEL, 1, 0, false, 0, 800},
    {"AH", VOWEL, 2, 2, false, 0, 450},    {"AO", VOWEL, 1, 4, true, 0, 800},
    {"AW", VOWEL, 0, 2, false, 'w', 900},  {"AY", VOWEL, 0, 2, false, 'y', 900},
    {"B", STOP, 0, 0, true, 0, 750},       {"CH", AFFRICATE, 4, 0, false, 0, 850},
    {"D", STOP, 3, 0, true, 0, 500},       {"DH", FRICATIVE, 2, 0, true, 0, 500},
    {"EH", VOWEL, 2, 0, false, 0, 750},    {"ER", VOWEL, 3, 2, false, 'r', 750},
    {"EY", VOWEL, 3, 0, false, 'y', 900},  {"F", FRICATIVE, 1, 0, false, 0, 750},
    {"G", STOP, 6, 0, true, 0, 750},       {"HH", FRICATIVE, 8, 0, false, 0, 450},
    {"IH", VOWEL, 5, 1, false, 0, 500},    {"IY", VOWEL, 6, 0, false, 'y', 800},
    {"JH", AFFRICATE, 4, 0, true, 0, 850}, {"K", STOP, 6, 0, false, 0, 750},
    {"L", LIQUID, 3, 0, true, 0, 600},     {"M", NASAL, 0, 0, true, 0, 750},
    {"N", NASAL, 3, 0, true, 0, 600},      {"NG", NASAL, 6, 0, true, 0, 700},
    {"OW", VOWEL, 3, 4, true, 'w', 900},   {"OY", VOWEL, 2, 4, true, 'y', 950},
    {"P", STOP, 0, 0, false, 0, 750},      {"R", LIQUID, 4, 0, true, 0, 600},
    {"S", FRICATIVE, 3, 0, false, 0, 850}, {"SH", FRICATIVE, 4, 0, false, 0, 900},
    {"T", STOP, 3, 0, false, 0, 500},      {"TH", FRICATIVE, 2, 0, false, 0, 650},
    {"UH", VOWEL, 5, 3, true, 0, 650},     {"UW", VOWEL, 6, 4, true, 'w', 800},
    {"V", FRICATIVE, 1, 0, true, 0, 650},  {"W", GLIDE, 0, 0, true, 0, 650},
    {"Y", GLIDE, 5, 0, true, 0, 500},      {"Z", FRICATIVE, 3, 0, true, 0, 800},
    {"ZH", FRICATIVE, 4, 0, true, 0, 850},
};

/* How far apart two manners are. A stop and an affricate, a liquid and a glide, a nasal and a voiced stop are near. */
static int manner_cost(int a, int b) {
    static const uint16_t costs[][GLIDE + 1] = {
        [STOP] = {[AFFRICATE] = 350, [FRICATIVE] = 500, [NASAL] = 500, [LIQUID] = 700, [GLIDE] = 800},
        [AFFRICATE] = {[FRICATIVE] = 300, [NASAL] = 800, [LIQUID] = 800, [GLIDE] = 850},
        [FRICATIVE] = {[NASAL] = 750, [LIQUID] = 700, [GLIDE] = 750},
        [NASAL] = {[LIQUID] = 550, [GLIDE] = 700},
        [LIQUID] = {[GLIDE] = 350},
    };
    return a == b ? 0 : a < b ? costs[a][b] : costs[b][a];
}

static int consonant_cost(const struct phone *a, const struct phone *b) {
    int apart = abs(a->place - b->place);
    int place = apart == 0 ? 0 : apart == 1 ? 200 : apart < 4 ? 350 : 400;
    int voice = a->voiced != b->voiced ? 250 : 0;
    /* what differs in one thing only is near; nobody takes R for L as easily as their places would say */
    int liquids = a->manner == LIQUID && b->manner == LIQUID ? 250 : 0;
    return manner_cost(a->manner, b->manner) + place + voice + liquids;
}

static int vowel_cost(const struct phone *a, const struct phone *b) {
    int height = 90 * abs(a->place - b->place), back = 90 * abs(a->back - b->back);
    int rounded = a->voiced != b->voiced ? 80 : 0;
    int glide = a->glide == b->glide ? 0 : a->glide && b->glide ? 300 : 150;
    return 100 + height + back + rounded + glide;
}

/* Between vowel and consonant only where one is the other's half: R and ER, Y and IY, W and UW. */
static int mixed_cost(const struct phone *vowel, const struct phone *consonant) {
    const char *c = consonant->name;
    bool half = (strcmp(c, "R") == 0 && vowel->glide == 'r') ||
                (strcmp(c, "Y") == 0 && strcmp(vowel->name, "IY") == 0) ||
                (strcmp(c, "W") == 0 && strcmp(vowel->name, "UW") == 0);
    return half ? 400 : WHOLE;
}

int phone_exchange_cost(int a, int b) {
    if (a == b) return 0;
    const struct phone *x = &phones[a], *y = &phones[b];
    int cost;
    if (x->manner == VOWEL && y->manner == VOWEL)
        cost = vowel_cost(x, y);
    else if (x->manner == VOWEL)
        cost = mixed_cost(x, y);
    else if (y->manner == VOWEL)
        cost = mixed_cost(y, x);
    else
        cost = consonant_cost(x, y);
    return cost < WHOLE ? cost : WHOLE;
}

int phone_gap_cost(int phone) {
    return phones[phone].gap;
}

const char *phone_name(int phone) {
    return phone >= 0 && phone < PHONE_KINDS ? phones[phone].name : NULL;
}

static int phone_by_name(const char *name, size_t n) {
    for (int i = 0; i < PHONE_KINDS; i++)
        if (strncmp(phones[i].name, name, n) == 0 && phones[i].name[n] == '\0') return i;
    return -1;
}

bool phone_run_read(struct phone_run *out, const char *text) {
    struct phone_run run = {0};
    out->n = 0;
    for (const char *p = text; *(p += strspn(p, " ")); p += strcspn(p, " ")) {
        size_t n = strcspn(p, " ");
        int phone = n < sizeof phones->name ? phone_by_name(p, n) : -1;
        if (phone < 0 || run.n == PHONE_RUN_MAX) return false;
        run.v[run.n++] = (uint8_t)phone;
    }
    *out = run;
    return true;
}

bool phone_run_append(struct phone_run *to, const struct phone_run *more) {
    if (to->n + more->n > PHONE_RUN_MAX) return false;
    memcpy(to->v + to->n, more->v, more->n);
    to->n = (uint8_t)(to->n + more->n);
    return true;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Only what the limit allows is computed (Ukkonen, 1985): with room for `band` gaps no way leaves the cells that are
 * no further than that from the diagonal, and those beside them are far. */
int phone_run_distance(const struct phone_run *a, const struct phone_run *b, int limit) {
    int row[PHONE_RUN_MAX + 2], band = limit / PHONE_GAP_LEAST, end = least(b->n, band);
    if (abs(a->n - b->n) > band) return PHONE_DISTANCE_FAR;
    row[0] = 0;
    for (int j = 1; j <= end; j++) row[j] = row[j - 1] + phones[b->v[j - 1]].gap;
    row[end + 1] = PHONE_DISTANCE_FAR;
    for (int i = 1; i <= a->n; i++) {
        int from = i > band ? i - band : 1, gap = phones[a->v[i - 1]].gap, before = row[from - 1];
        int lowest = row[from - 1] = i > band ? PHONE_DISTANCE_FAR : before + gap;
        end = least(b->n, i + band);
        for (int j = from; j <= end; j++) {
            int exchanged = before + phone_exchange_cost(a->v[i - 1], b->v[j - 1]);
            before = row[j];
            row[j] = least(exchanged, least(before + gap, row[j - 1] + phones[b->v[j - 1]].gap));
            lowest = least(lowest, row[j]);
        }
        row[end + 1] = PHONE_DISTANCE_FAR;
        if (lowest > limit) return PHONE_DISTANCE_FAR;
    }
    return row[b->n] > limit ? PHONE_DISTANCE_FAR : row[b->n];
}

int phone_distance(const char *a, const char *b) {
    struct phone_run x, y;
    if (!phone_run_read(&x, a) || !phone_run_read(&y, b)) return PHONE_DISTANCE_FAR;
    return phone_run_distance(&x, &y, PHONE_DISTANCE_FAR);
}

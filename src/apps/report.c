#include "apps/report.h"

#include <stdio.h>

#include "apps/json.h"

void report_text(void *ctx, const struct report *r) {
    FILE *out = ctx;
    switch (r->kind) {
        case REPORT_READY:
            fputs("ready\n", out);
            break;
        case REPORT_HEARD:
            fprintf(out, "> %s%s\n", r->text, r->intent->accepted ? "" : "  (refused)");
            break;
        case REPORT_SAYING:
            fprintf(out, "< %s\n", r->text);
            break;
        case REPORT_SOUNDED:
            if (r->latency_ms >= 0)
                fprintf(out, "  (%.0f ms from the end of speech to the first sound)\n", r->latency_ms);
            break;
        case REPORT_LISTENING:
            fprintf(out, *r->state ? "  ... listening\n" : "  ... waiting for the wake phrase\n");
            break;
        case REPORT_LOST:
            fputs("the microphone or loudspeaker is gone; plug it in again\n", out);
            break;
        case REPORT_BACK:
            fputs("it is back\n", out);
            break;
        case REPORT_ENDED:
            if (r->status->overruns)
                fprintf(out, "%llu samples of the microphone were lost\n", (unsigned long long)r->status->overruns);
            break;
        default:
            break;
    }
    fflush(out);
}

static void add_heard(json_t *o, const struct report *r) {
    json_t *understood = json_intent(r->intent);
    json_object_update(o, understood);
    json_decref(understood);
    if (!r->heard) return;
    json_object_set_new(o, "confidence", json_rounded((double)r->heard->confidence, 3));
    json_object_set_new(o, "audio_ms", json_integer(r->heard->audio_ms));
    json_object_set_new(o, "decode_ms", json_rounded((double)r->heard->decode_ns / 1e6, 1));
}

static void add_status(json_t *o, const struct audio_status *s) {
    json_object_set_new(o, "captured_frames", json_integer((json_int_t)s->captured_frames));
    json_object_set_new(o, "played_frames", json_integer((json_int_t)s->played_frames));
    json_object_set_new(o, "overruns", json_integer((json_int_t)s->overruns));
    json_object_set_new(o, "underruns", json_integer((json_int_t)s->underruns));
}

void report_json(void *ctx, const struct report *r) {
    (void)ctx;
    json_t *o = json_object();
    json_object_set_new(o, "at_ms", json_integer(r->at_ms));
    json_object_set_new(o, "event", json_string(report_name(r->kind)));
    if (r->state) json_object_set_new(o, "state", json_string(*r->state ? r->state : "idle"));
    if (r->intent)
        add_heard(o, r);
    else if (r->text)
        json_object_set_new(o, "text", json_string(r->text));
    if (r->spoken) json_object_set_new(o, "spoken", json_string(r->spoken));
    if (r->kind == REPORT_SOUNDED && r->latency_ms >= 0)
        json_object_set_new(o, "latency_ms", json_rounded(r->latency_ms, 1));
    if (r->status) add_status(o, r->status);
    json_print(o);
}

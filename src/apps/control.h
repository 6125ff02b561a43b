/* The control socket of shopkeeperd: AF_UNIX, one line in, one line of JSON out. CORE thread. Who asks:
 * control_client.h.
 *
 *   status      what is listened for, whether it is muted, how loud it is, and the counts of the sound device
 *   wake        as if the wake phrase had been said (push to talk)
 *   ask TEXT    as if TEXT had been said
 *   type TEXT   the same, but it orders nothing: for who need not be in the room
 *   say TEXT    says a text of its owner's, if nobody talks with it
 *   code        makes a code of six digits and says it, if nobody talks with it: {"code"}
 *   mute, unmute   closes and opens the microphone, unless a switch does
 *   volume N    from 1 to 10
 *   reload      the shop's words have changed (shopkeeper-syncd): takes them over when it is quiet
 *
 * ask and say are for root and the user that shopkeeperd runs as; the rest is for the group. At most four connections;
 * a line is at most 511 bytes; what is refused gets {"error","why"}: why is words, busy, deaf, switch, denied or
 * failed. */
#ifndef SK_APPS_CONTROL_H
#define SK_APPS_CONTROL_H
#include "apps/core.h"

struct control;

/* Listens on `path`, which is replaced if nobody answers there; owner and group may connect. ERR_BUSY, ERR_IO. */
SK_MUST_USE err_t control_open(struct control **out, struct core *core, const char *path);
void control_close(struct control *c);

#endif

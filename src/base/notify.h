/* Tells the service manager how a service is, by the protocol of sd_notify(3): a datagram to the socket that
 * $NOTIFY_SOCKET names. Without a manager each call does nothing. Any thread; what cannot be sent is lost, since the
 * manager finds out by itself. */
#ifndef SK_BASE_NOTIFY_H
#define SK_BASE_NOTIFY_H
#include <stdint.h>

/* It has started: what it is for works. */
void notify_ready(void);
/* It ends as it was told to. */
void notify_stopping(void);
/* One line for `systemctl status`, for an operator; cut at 200 bytes. */
void notify_status(const char *text);
/* That no loop of it hangs. Call it as often as you like: one is sent each quarter of the time that the manager allows.
 */
void notify_alive(void);

/* That time, $WATCHDOG_USEC; 0: nobody watches this process. */
int64_t notify_watchdog_ms(void);

#endif

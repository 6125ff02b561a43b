/* A network while it is being built: arcs in any order, nodes that come and go. */
#ifndef SK_UNDERSTAND_NETBUILD_H
#define SK_UNDERSTAND_NETBUILD_H
#include "understand/grammar.h"

enum { NODE_START, NODE_END, ARCS_MAX = 4000000 };

struct arcs {
    struct net_arc *v;
    int32_t n, room, n_nodes;
};

/* ERR_FULL over ARCS_MAX, ERR_MEMORY. An arc from a node to itself that says nothing is not added. */
SK_MUST_USE err_t arcs_add(struct arcs *a, struct net_arc arc);

/* Makes the network smaller and keeps what it accepts, with the actions in their order:
 * silent arcs are merged away where that is free, common beginnings are walked once, dead ends go. The probabilities
 * of alternatives that become one are added up (`add`), or else the greatest counts.
 * Nodes are numbered anew and arcs sorted by (from, label, order of creation). ERR_MEMORY. */
SK_MUST_USE err_t arcs_reduce(struct arcs *a, bool add);

#endif

/* Loading a shop folder: the rows that load.c leaves to others. Private to shop/. */
#ifndef SK_SHOP_LOAD_H
#define SK_SHOP_LOAD_H
#include "shop/import.h"

enum { OPTION_AMOUNTS_MAX = 256, HOLIDAY_NAMES_MAX = 128 };

extern const struct csv_column load_customer_columns[], load_address_columns[], load_payment_columns[],
    load_order_columns[], load_order_line_columns[], load_shipment_columns[];

row_fn load_customer, load_address, load_payment, load_order, load_order_line, load_shipment;

/* What the shop says of itself (load_answers.c). */
extern const struct csv_column load_answer_columns[], load_area_columns[];
row_fn load_answer, load_area;

/* Gives each loaded order without a state of its own the one that follows from its shipments. */
SK_MUST_USE err_t load_order_states(struct import *in);

#endif

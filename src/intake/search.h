/*
 * search: "/sok/?q=..." answered from memory.
 *
 * What is asked stands in the address, so that an answer can be linked to;
 * nothing of it is logged or kept, neither here nor by the browser's cache.
 * Without a query, without a search or before it is ready, the built page
 * answers, which lists the whole site.
 */
#ifndef INTAKE_SEARCH_H
#define INTAKE_SEARCH_H

#include "http/request.h"
#include "http/response.h"

/* The handler of GET /sok/ and /en/sok/; the context is the struct intake. */
void search_answer(void *context, struct request *rq, struct response *rs);

#endif

/* svar: where a case stands, for whoever has its reply code. */
#ifndef INTAKE_SVAR_H
#define INTAKE_SVAR_H

#include "http/request.h"
#include "http/response.h"

/* POST /svar/ with `code`: the state of the case, or a 404 page. */
void svar_show(void *context, struct request *rq, struct response *rs);
/* GET /svar/: the box for the code, if the site has built none. */
void svar_ask(void *context, struct request *rq, struct response *rs);

#endif

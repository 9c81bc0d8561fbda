/* limits: the ceilings, from where they are held. */
#include "intake/limits.h"

#include <stddef.h>

#include "form/form.h"
#include "http/request.h"
#include "intake/guard.h"
#include "intake/pages.h"
#include "queue/queue.h"
#include "base/banned.h"

const struct limit limits[] = {
	{ "head of a request", REQUEST_HEADER_MAX, "bytes" },
	{ "body of a request", REQUEST_BODY_MAX, "bytes" },
	{ "fields in a body", REQUEST_FIELDS_MAX, "fields" },
	{ "whole time of a request", REQUEST_DEADLINE_MS, "ms" },
	{ "forms sent from one network at once", GUARD_FORM_BURST, "posts" },
	{ "forms sent from one network", GUARD_FORM_PER_MINUTE,
		"posts a minute" },
	{ "reply codes tried from one network at once", GUARD_CODE_BURST,
		"tries" },
	{ "reply codes tried from one network", GUARD_CODE_PER_MINUTE,
		"tries a minute" },
	{ "networks remembered, in RAM, for a day", GUARD_SLOTS, "networks" },
	{ "of the free disk, what a form may fill in a day: one part in",
		GUARD_FORM_SHARE, "parts" },
	{ "free disk that must be left", GUARD_DISK_MIN, "bytes" },
	{ "submissions waiting for the disk", QUEUE_WAITING_MAX, "cases" },
	{ "cases in one acknowledgement", QUEUE_ACK_MAX, "cases" },
	{ "time before an acknowledged case is deleted", QUEUE_KEEP_ACKED_S,
		"s" },
	{ "questions in a form", FORM_QUESTIONS_MAX, "questions" },
	{ "files in the site", PAGES_COUNT_MAX, "files" },
	{ "bytes in the site", PAGES_TOTAL_MAX, "bytes" },
	{ NULL, 0, NULL }
};

/* accept: which of the codings at hand a client takes best. */
#include "http/accept.h"

#include "base/banned.h"

/* Weights in thousandths; UNSAID: neither it nor "*" was named. */
enum { WEIGHT_MAX = 1000, WEIGHT_DIGITS = 3, UNSAID = -1 };

static const struct coding {
	const char *name;
	const char *suffix;
} codings[ACCEPT_CODINGS] = {
	[ACCEPT_BR] = { "br", ".br" },
	[ACCEPT_GZIP] = { "gzip", ".gz" },
	[ACCEPT_IDENTITY] = { "identity", "" },
};

const char *
accept_name(enum accept_coding coding)
{
	return codings[coding].name;
}

const char *
accept_suffix(enum accept_coding coding)
{
	return codings[coding].suffix;
}

bool
accept_is_packed(struct text name)
{
	for (int i = 0; i < ACCEPT_IDENTITY; i++)
		if (text_ends(name, codings[i].suffix))
			return true;
	return false;
}

/* RFC 9110 12.4.2: "0" or "1", and up to three decimals. */
static bool
parse_weight(struct text t, int *out)
{
	int scale = WEIGHT_MAX;
	int n = 0;

	if (t.len == 0 || t.len > 2 + WEIGHT_DIGITS ||
		(t.len > 1 && t.p[1] != '.'))
		return false;
	for (size_t i = 0; i < t.len; i++) {
		if (i == 1)
			continue;
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
		n += (t.p[i] - '0') * scale;
		scale /= 10;
	}
	*out = n;
	return n <= WEIGHT_MAX;
}

/* "gzip;q=0.5": its name and weight; false if it cannot be understood. */
static bool
parse_item(struct text item, struct text *name, int *weight)
{
	struct text rest = item, parameter;

	*weight = WEIGHT_MAX;
	if (!text_split(&rest, ';', name))
		return false;
	*name = text_trim(*name);
	while (text_split(&rest, ';', &parameter)) {
		size_t equals = text_find(parameter, '=');

		if (text_is_word(text_trim(text_sub(parameter, 0, equals)),
				"q") &&
			!parse_weight(text_trim(text_from(parameter,
				equals + 1)), weight))
			return false;
	}
	return name->len > 0;
}

static void
read_weights(struct text header, int weights[ACCEPT_CODINGS])
{
	struct text item, name;
	int others = UNSAID;
	int weight;

	for (int i = 0; i < ACCEPT_CODINGS; i++)
		weights[i] = UNSAID;
	while (text_split(&header, ',', &item)) {
		if (!parse_item(item, &name, &weight))
			continue;
		if (text_is_word(name, "*"))
			others = weight;
		/* RFC 9110 8.4.1.3: another name for the same. */
		if (text_is_word(name, "x-gzip"))
			weights[ACCEPT_GZIP] = weight;
		for (int i = 0; i < ACCEPT_CODINGS; i++)
			if (text_is_word(name, codings[i].name))
				weights[i] = weight;
	}
	for (int i = 0; i < ACCEPT_CODINGS; i++)
		if (weights[i] == UNSAID)
			weights[i] = others;
}

enum accept_coding
accept_best(struct text header, const bool at_hand[ACCEPT_CODINGS])
{
	enum accept_coding best = ACCEPT_IDENTITY;
	int weights[ACCEPT_CODINGS];
	int most = 0;

	read_weights(header, weights);
	for (int i = 0; i < ACCEPT_CODINGS; i++) {
		if (weights[i] <= most || (!at_hand[i] &&
			i != ACCEPT_IDENTITY))
			continue;
		most = weights[i];
		best = (enum accept_coding)i;
	}
	return best;
}

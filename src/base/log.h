/*
 * log: one line per event on standard error.
 *
 *     time=2026-11-22T14:05:09+01:00 level=info event=start port=8080
 *
 * Never personal data: no answer, name, address of a visitor, user agent,
 * query string or secret.  The caller writes `key=value` pairs; the last may
 * be key="value", whose quotes and backslashes get a backslash before them.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

void log_info(const char *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), nonnull(1, 2)));
void log_warn(const char *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), nonnull(1, 2)));
void log_error(const char *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), nonnull(1, 2)));

#endif

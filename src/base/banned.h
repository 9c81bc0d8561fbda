/*
 * banned: functions that have no place here do not compile.
 *
 * Include this last in every .c file of src/.  The reason stands beside each
 * name; the replacement is in base/.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

/* No length: buf, arena_copy, text. */
#undef strcpy
#define strcpy(a, b) strcpy_is_banned
#undef strcat
#define strcat(a, b) strcat_is_banned
#undef strncpy
#define strncpy(a, b, n) strncpy_is_banned
#undef strncat
#define strncat(a, b, n) strncat_is_banned
#undef sprintf
#define sprintf sprintf_is_banned
#undef vsprintf
#define vsprintf vsprintf_is_banned
#undef gets
#define gets gets_is_banned

/* Hidden state shared between threads: text_split, clock. */
#undef strtok
#define strtok(a, b) strtok_is_banned
#undef gmtime
#define gmtime(t) gmtime_is_banned
#undef localtime
#define localtime(t) localtime_is_banned
#undef ctime
#define ctime(t) ctime_is_banned
#undef asctime
#define asctime(t) asctime_is_banned
#undef rand
#define rand() rand_is_banned

/* Skip spaces, take signs, hide overflow: text_to_int. */
#undef atoi
#define atoi(s) atoi_is_banned
#undef atol
#define atol(s) atol_is_banned
#undef strtol
#define strtol(s, e, b) strtol_is_banned
#undef sscanf
#define sscanf sscanf_is_banned

/* Races on names: fs_replace makes its own temporary. */
#undef mktemp
#define mktemp(s) mktemp_is_banned
#undef tmpnam
#define tmpnam(s) tmpnam_is_banned

#endif

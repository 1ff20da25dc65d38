#include "web/parts.h"

struct str tone_class(enum tone t)
{
	static const struct str classes[] = {
		[TONE_WAIT] = S_INIT("wait"), [TONE_INFO] = S_INIT("info"),
		[TONE_OK] = S_INIT("ok"),     [TONE_SOON] = S_INIT("soon"),
		[TONE_LATE] = S_INIT("late"),
	};
	return classes[t];
}

enum icon tone_icon(enum tone t)
{
	static const enum icon icons[] = {
		[TONE_WAIT] = ICON_WAIT, [TONE_INFO] = ICON_POST, [TONE_OK] = ICON_OK,
		[TONE_SOON] = ICON_SOON, [TONE_LATE] = ICON_LATE,
	};
	return icons[t];
}

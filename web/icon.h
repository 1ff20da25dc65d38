/* Line drawings that stand beside words, never instead of them. A page draws an icon by reference;
 * the drawings it used come once, in a sprite at its end. */
#pragma once

#include "web/html.h"

enum icon {
	ICON_NONE,
	ICON_BANG,
	ICON_BENEFIT,
	ICON_CHECK,
	ICON_DO,
	ICON_FILE,
	ICON_KNOW,
	ICON_LATE,
	ICON_LOCK,
	ICON_OK,
	ICON_PAUSE,
	ICON_PHOTO,
	ICON_POST,
	ICON_PRINT,
	ICON_SOON,
	ICON_SPEAKER,
	ICON_SUPERVISE,
	ICON_TALK,
	ICON_WAIT,
	ICONS
};

void icon(struct page *out, enum icon i);       /* beside text */
void icon_large(struct page *out, enum icon i); /* on the doors of the home page */
/* The drawings of the icons used so far; nothing when none was. */
void icon_sprite(struct page *out);

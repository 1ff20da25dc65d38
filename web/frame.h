/* The frame around every page: the roof with the name of the house, the six doors, where one is, the
 * menu at the foot. */
#pragma once

#include "office/kind.h"
#include "web/icon.h"
#include "web/url.h"

/* The six things people do (dân biết, bàn, làm, kiểm tra, giám sát, thụ hưởng). */
enum door {
	DOOR_NONE,
	DOOR_KNOW,
	DOOR_DISCUSS,
	DOOR_DO,
	DOOR_INSPECT,
	DOOR_SUPERVISE,
	DOOR_BENEFIT,
	DOORS
};

/* Behind which door its field of work lies. */
enum door kind_door(const struct kind *kind);

struct link {
	struct str text;
	struct url url;
	bool here; /* the page itself, or the part of the house it stands in */
	/* Of a door: its whole name, what stands behind it, its drawing. */
	struct str name, about;
	enum icon icon;
};
struct links {
	struct link *at;
	size_t n;
};

struct frame {
	struct str title; /* of the page; the house's name is added */
	struct str place; /* under the brand: "Xã Ninh Vân, huyện Hoa Lư" */
	enum door door;
	struct links crumbs; /* from the top down to, and without, this page */
	bool invalid;        /* a form with faults: the title says so first */
	bool demo;
	bool wide;         /* no margin of its own: the page brings it */
	struct date today; /* of a demo's clock */
	/* Filled by req_frame. */
	struct url style, icon, home, canonical, other, feed;
	struct url
		script; /* ours, for comfort: statics_script; "": none, and the policy allows none */
	struct str
		other_lang; /* the code of the language `other` leads to; "" when there is none */
	struct links doors, menu;
	struct str member; /* who is signed in; "" for visitors */
	struct str holds;  /* by whose receipt a visitor reads: "Reading by receipt DT-..."; "" */
	struct url receipt;
	struct url queue, mine, account, sign_out, find;
	struct str sign_out_token;
	bool index; /* search engines may keep it */
};

void frame_crumb(struct arena *a, struct frame *f, struct str text, struct url url);

/* The parts of the house, in order, with the address of each in Vietnamese; `path` NULL at the end.
 * Those that no module serves are left out of the doors and the menu; of two ways behind one door the
 * first that is served. */
struct menu_item {
	const char *path;
	enum msg label;       /* in the menu at the foot */
	enum door door;       /* DOOR_NONE: only there */
	enum msg word, about; /* of a door: the word on the roof; what stands behind it */
	enum icon icon;
};
extern const struct menu_item menu_items[];

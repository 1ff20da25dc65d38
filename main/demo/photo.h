/* Photographs of notice boards and of news, drawn so that nobody takes them for real ones: plain shapes, and
 * across the foot what they are. The same numbers give the same bytes. */
#pragma once

#include "base/date.h"
#include "base/field.h"
#include "crypto/rng.h"

/* A JPEG; ERR_INVALID never comes of a size this small. `wall` draws the place and is the same for
 * every picture of it, `hand` what differs from one picture to the next. */
MUST_USE enum err demo_photo(struct arena *a, struct rng *wall, struct rng *hand, bool torn,
			     struct date day, struct str *out);
/* What stands beside news: people who meet, works in a village. */
enum demo_scene { SCENE_NONE, SCENE_MEETING, SCENE_WORKS };
MUST_USE enum err demo_photo_scene(struct arena *a, struct rng *hand, enum demo_scene scene,
				   struct date day, struct str *out);
/* Keeps it under the data directory, as an upload is kept. */
MUST_USE enum err demo_photo_keep(struct arena *a, const char *dir, struct str jpeg,
				  struct str name, struct file_ref *out, struct str *why);

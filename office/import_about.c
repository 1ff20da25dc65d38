/* The two entries that are no rows. */
#include "office/import_site.h"

#include "base/json.h"
#include "office/export.h"
#include "store/migrate.h"

#include <inttypes.h>

static enum err refuse(struct str *why, struct str sentence)
{
	*why = sentence;
	return ERR_INVALID;
}

static bool knows(const struct migrations *all, struct str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(str_of(all->at[i].name), name))
			return true;
	return false;
}

static enum err check_schema(struct arena *a, const struct json *schema, struct str *why)
{
	struct migrations all;
	migrations_embedded(a, &all);
	for (size_t i = 0; schema->kind == J_LIST && i < schema->count; i++)
		if (!knows(&all, schema->items[i].s))
			return refuse(why, str_printf(a,
						      "about.json: it was made by a newer program, "
						      "which knows %.*s: use that "
						      "one",
						      STR_ARG(schema->items[i].s)));
	return OK;
}

enum err import_about(struct arena *a, struct str bytes, struct import_about *out, struct str *why)
{
	struct json j;
	struct str reason;
	struct hash sum;
	if (!json_parse(a, bytes, &j, &reason))
		return refuse(why, str_printf(a, "about.json: %.*s", STR_ARG(reason)));
	if (!str_eq(json_get_str(&j, "format"), S(EXPORT_FORMAT)))
		return refuse(why, S("about.json: this is no export of a site, or of another "
				     "format than " EXPORT_FORMAT));
	if (!str_eq(json_get_str(&j, "use"), S("complete")))
		return refuse(why,
			      S("this is a public export: it holds what everybody may read, and "
				"no site can be made from it; use one made with --complete"));
	const struct json *log = json_get(&j, "log");
	struct import_about about = { .site = json_get_str(&j, "site"),
				      .origin = json_get_str(log, "origin"),
				      .checkpoint = json_get_str(log, "checkpoint"),
				      .act = json_get_int(&j, "act"),
				      .log_size = json_get_int(log, "size") };
	if (!hash_read_hex(json_get_str(log, "root"), &about.log_root) || about.log_size < 0)
		return refuse(why, S("about.json: it does not say what the log is"));
	sha256(bytes.at, bytes.len, &sum);
	about.about_sha256 = hash_hex(a, &sum);
	enum err e = check_schema(a, json_get(&j, "schema"), why);
	if (!e)
		*out = about;
	return e;
}

/* --- The manifest --- */

static const struct json *find(const struct json *list, struct str name)
{
	for (size_t i = 0; list->kind == J_LIST && i < list->count; i++)
		if (str_eq(json_get_str(&list->items[i], "name"), name))
			return &list->items[i];
	return NULL;
}

static const struct import_relation *find_read(const struct import_relations *all, struct str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(str_of(all->at[i].plan.of->name), name))
			return &all->at[i];
	return NULL;
}

static bool agrees(struct arena *a, const struct json *said, const struct import_relation *r)
{
	struct hash nothing;
	sha256("", 0, &nothing);
	const struct hash *is = r->begun ? &r->hash : &nothing;
	return json_get_int(said, "rows") == r->rows && json_get_int(said, "parts") == r->part &&
	       str_eq(json_get_str(said, "sha256"), hash_hex(a, is));
}

enum err import_manifest(struct arena *a, struct str bytes, const struct import_about *about,
			 const struct import_relations *all, int64_t files, int64_t size,
			 struct str *why)
{
	struct json j;
	struct str reason;
	if (!json_parse(a, bytes, &j, &reason))
		return refuse(why, str_printf(a, "manifest.json: %.*s", STR_ARG(reason)));
	const struct json *list = json_get(&j, "relations"), *kept = json_get(&j, "files");
	if (!str_eq(json_get_str(&j, "about"), about->about_sha256))
		return refuse(why, S("about.json is not the one of which the manifest speaks"));
	for (size_t i = 0; i < all->n; i++) {
		const struct import_relation *r = &all->at[i];
		const struct json *said = find(list, str_of(r->plan.of->name));
		if (!said && !r->begun)
			continue; /* an older program had no such table */
		if (!said || !agrees(a, said, r))
			return refuse(why,
				      str_printf(a,
						 "%s: what came (%" PRId64
						 " rows) is not what the manifest says (%" PRId64
						 "): the export was cut or changed",
						 r->plan.of->name, r->rows,
						 said ? json_get_int(said, "rows") : 0));
	}
	for (size_t i = 0; list->kind == J_LIST && i < list->count; i++)
		if (!find_read(all, json_get_str(&list->items[i], "name")) &&
		    json_get_int(&list->items[i], "rows"))
			return refuse(why, S("manifest.json names a table this program does not "
					     "know; use a newer one"));
	if (json_get_int(kept, "count") != files || json_get_int(kept, "bytes") != size)
		return refuse(why,
			      S("files: what came is not what the manifest says: the export was "
				"cut or changed"));
	return OK;
}

/* What is carried is what nobody could compute: the tree, people and their appointments, acts
 * with their contents. What a dossier is now, its lines, duties and counts are folded again from
 * the acts, wherever they come. */
#include "office/relations.h"

#include "base/encode.h"
#include "base/mail.h"
#include "office/account.h"
#include "office/dossier.h"
#include "office/file.h"
#include "office/file_disk.h"
#include "office/file_type.h"
#include "office/notice.h"
#include "office/unit.h"

/* --- What a text may be --- */

static bool is_role(struct arena *a, struct str s)
{
	enum role role;
	(void)a;
	return role_read(s, &role);
}

static bool is_login(struct arena *a, struct str s)
{
	struct str normal;
	return login_read(a, s, &normal) && str_eq(normal, s);
}

/* Checking one must not cost more than ours do: it is done for whoever types a login. */
static bool is_password(struct arena *a, struct str s)
{
	(void)a;
	return password_is_bearable(s);
}

static bool is_code(struct arena *a, struct str s)
{
	struct str canonical;
	return code_read(a, s, &canonical) && str_eq(canonical, s);
}

static bool is_hash(struct arena *a, struct str s)
{
	(void)a;
	return is_sha256(s);
}

static bool is_media_type(struct arena *a, struct str s)
{
	(void)a;
	return file_ending(s).len > 0;
}

static bool is_email(struct arena *a, struct str s)
{
	(void)a;
	return !s.len || mail_address_ok(s);
}

/* --- The tree --- */

#define MADE                                           \
	{ "made_at", ATTRIBUTE_INT },                  \
	{                                              \
		"made_by", ATTRIBUTE_INT, .null = true \
	}
#define ENDED                                           \
	{ "ended_at", ATTRIBUTE_INT, .null = true },    \
	{                                               \
		"ended_by", ATTRIBUTE_INT, .null = true \
	}
#define DAYS                               \
	{ "valid_from", ATTRIBUTE_DATE },  \
	{                                  \
		"valid_to", ATTRIBUTE_DATE \
	}

static const struct attribute site[] = {
	{ "key", ATTRIBUTE_TEXT, .key = true },
	{ "value", ATTRIBUTE_TEXT },
	{ 0 },
};

static const struct attribute unit[] = {
	{ "id", ATTRIBUTE_INT, .key = true },
	{ "first_day", ATTRIBUTE_DATE },
	{ "last_day", ATTRIBUTE_DATE },
	{ "heir", ATTRIBUTE_INT, .null = true, .later = true },
	MADE,
	ENDED,
	{ 0 },
};

static const struct attribute unit_version[] = {
	{ "unit", ATTRIBUTE_INT, .key = true },
	{ "valid_from", ATTRIBUTE_DATE, .key = true },
	{ "valid_to", ATTRIBUTE_DATE },
	{ "code", ATTRIBUTE_TEXT },
	{ "type", ATTRIBUTE_TEXT },
	{ "name", ATTRIBUTE_TEXT },
	{ "name_en", ATTRIBUTE_TEXT },
	{ "parent", ATTRIBUTE_INT, .null = true },
	{ "level", ATTRIBUTE_INT, .max = LEVELS - 1 },
	MADE,
	{ 0 },
};

static const struct attribute unit_succession[] = {
	{ "predecessor", ATTRIBUTE_INT, .key = true },
	{ "successor", ATTRIBUTE_INT, .key = true },
	{ "since", ATTRIBUTE_DATE },
	{ "main", ATTRIBUTE_INT, .max = 1 },
	{ "whole", ATTRIBUTE_INT, .max = 1 },
	{ "share", ATTRIBUTE_INT, .min = -1, .max = 1000 },
	{ "checked", ATTRIBUTE_INT, .max = 1 },
	{ 0 },
};

static const struct attribute unit_fact[] = {
	{ "unit", ATTRIBUTE_INT, .key = true },
	{ "valid_from", ATTRIBUTE_DATE, .key = true },
	{ "valid_to", ATTRIBUTE_DATE },
	{ "has_web", ATTRIBUTE_INT, .max = 1 },
	{ "has_loudspeaker", ATTRIBUTE_INT, .max = 1 },
	{ "households", ATTRIBUTE_INT, .max = INT32_MAX },
	{ "head_count", ATTRIBUTE_INT, .max = INT32_MAX },
	MADE,
	{ 0 },
};

static const struct attribute notice_place[] = {
	{ "id", ATTRIBUTE_INT, .key = true },
	{ "unit", ATTRIBUTE_INT },
	{ "name", ATTRIBUTE_TEXT },
	DAYS,
	MADE,
	ENDED,
	{ 0 },
};

/* --- People --- */

static const struct attribute person[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "name", ATTRIBUTE_TEXT },
	{ "unit", ATTRIBUTE_INT, .null = true },
	MADE,
	{ "made_as", ATTRIBUTE_INT, .null = true },
	{ "verified_at", ATTRIBUTE_INT, .null = true },
	{ "verified_by", ATTRIBUTE_INT, .null = true },
	{ "verified_as", ATTRIBUTE_INT, .null = true },
	{ 0 },
};

static const struct attribute person_private[] = {
	{ "person", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "phone", ATTRIBUTE_TEXT },
	{ "address", ATTRIBUTE_TEXT },
	{ "keep_until", ATTRIBUTE_DATE, .null = true },
	{ "changed_at", ATTRIBUTE_INT },
	{ "changed_by", ATTRIBUTE_INT, .null = true },
	{ 0 },
};

static const struct attribute account[] = {
	{ "person", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "login", ATTRIBUTE_TEXT, .fits = is_login },
	{ "password", ATTRIBUTE_TEXT, .null = true, .fits = is_password },
	{ "must_change", ATTRIBUTE_INT, .max = 1 },
	{ "disabled", ATTRIBUTE_INT, .max = 1 },
	{ "totp_secret", ATTRIBUTE_BYTES, .null = true, .max = TOTP_SECRET_BYTES },
	{ "totp_on", ATTRIBUTE_INT, .max = 1 },
	{ "totp_step", ATTRIBUTE_INT },
	{ "generation", ATTRIBUTE_INT },
	MADE,
	{ "changed_at", ATTRIBUTE_INT },
	{ "changed_by", ATTRIBUTE_INT, .null = true },
	{ 0 },
};

static const struct attribute one_time_code[] = {
	{ "hash", ATTRIBUTE_BYTES, .key = true, .max = sizeof(struct hash) },
	{ "purpose", ATTRIBUTE_TEXT },
	{ "person", ATTRIBUTE_INT, .null = true },
	MADE,
	{ "made_as", ATTRIBUTE_INT, .null = true },
	{ "expires_at", ATTRIBUTE_INT },
	{ "used_at", ATTRIBUTE_INT, .null = true },
	{ "used", ATTRIBUTE_INT, .max = 1 },
	{ 0 },
};

static const struct attribute appointment[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "appointment" },
	{ "person", ATTRIBUTE_INT },
	{ "unit", ATTRIBUTE_INT },
	{ "role", ATTRIBUTE_TEXT, .fits = is_role },
	{ "field", ATTRIBUTE_TEXT },
	DAYS,
	{ "substitute_of", ATTRIBUTE_INT, .null = true },
	MADE,
	ENDED,
	{ 0 },
};

static const struct attribute personal_view[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "personal_view" },
	{ "dossier", ATTRIBUTE_INT },
	{ "person", ATTRIBUTE_INT },
	{ "appointment", ATTRIBUTE_INT },
	{ "reason", ATTRIBUTE_TEXT },
	{ "seen_at", ATTRIBUTE_INT },
	{ "identity", ATTRIBUTE_INT, .young = true },
	{ 0 },
};

/* --- Dossiers --- */

/* Of the row itself only what no act says; the rest is the fold (office/rebuild.h). */
static const struct attribute dossier[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "dossier" },
	{ "code", ATTRIBUTE_TEXT, .fits = is_code },
	{ "kind", ATTRIBUTE_TEXT },
	{ "unit", ATTRIBUTE_INT },
	{ "parent", ATTRIBUTE_INT, .null = true },
	{ 0 },
};

static const struct attribute act[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "act" },
	{ "dossier", ATTRIBUTE_INT },
	{ "no", ATTRIBUTE_INT, .min = 1, .max = INT32_MAX },
	{ "step", ATTRIBUTE_TEXT },
	{ "happened_on", ATTRIBUTE_DATE },
	{ "recorded_at", ATTRIBUTE_INT },
	{ "from_state", ATTRIBUTE_INT, .min = NEW, .max = INT32_MAX },
	{ "to_state", ATTRIBUTE_INT, .min = NEW, .max = INT32_MAX },
	{ "appointment", ATTRIBUTE_INT },
	{ "person", ATTRIBUTE_INT },
	{ "substitute_of", ATTRIBUTE_INT },
	{ "channel", ATTRIBUTE_INT, .max = CHANNEL_SYSTEM },
	{ "data", ATTRIBUTE_TEXT, .max = RELATION_LINE_MAX },
	{ "token", ATTRIBUTE_TEXT, .null = true },
	{ "leaf", ATTRIBUTE_INT, .min = 1, .max = INT64_MAX },
	{ 0 },
};

static const struct attribute content[] = {
	{ "act", ATTRIBUTE_INT, .key = true, .within = "act" },
	{ "public_salt", ATTRIBUTE_BYTES, .null = true, .max = sizeof(struct hash) },
	{ "public_bytes", ATTRIBUTE_PROSE, .null = true, .max = RELATION_LINE_MAX },
	{ "sealed_salt", ATTRIBUTE_BYTES, .null = true, .max = sizeof(struct hash) },
	{ "sealed_bytes", ATTRIBUTE_PROSE, .null = true, .max = RELATION_LINE_MAX },
	{ "erased_by", ATTRIBUTE_INT, .null = true, .settled = "act" },
	{ "redacted_by", ATTRIBUTE_INT, .young = true, .settled = "act" },
	{ 0 },
};

static const struct attribute file[] = {
	{ "sha256", ATTRIBUTE_TEXT, .key = true, .fits = is_hash },
	{ "size", ATTRIBUTE_INT, .min = 1, .max = FILE_MAX_SIZE + 4096 },
	{ "type", ATTRIBUTE_TEXT, .fits = is_media_type },
	{ "created_at", ATTRIBUTE_INT },
	{ 0 },
};

static const struct attribute use_of_file[] = {
	{ "dossier", ATTRIBUTE_INT, .key = true, .within = "dossier" },
	{ "sha256", ATTRIBUTE_TEXT, .key = true, .fits = is_hash },
	{ "name", ATTRIBUTE_TEXT },
	{ "sealed", ATTRIBUTE_INT, .max = FILE_REDACTED },
	{ 0 },
};

static const struct attribute view_count[] = {
	{ "dossier", ATTRIBUTE_INT, .key = true, .within = "dossier" },
	{ "n", ATTRIBUTE_INT, .min = 0, .max = INT64_MAX },
	{ 0 },
};

static const struct attribute follow[] = {
	{ "person", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "unit", ATTRIBUTE_INT, .key = true },
	{ "kind", ATTRIBUTE_TEXT, .key = true },
	{ "facet", ATTRIBUTE_TEXT, .key = true },
	{ "dossier", ATTRIBUTE_INT, .key = true },
	{ "made_at", ATTRIBUTE_INT },
	{ 0 },
};

static const struct attribute follow_feed[] = {
	{ "person", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "generation", ATTRIBUTE_INT },
	{ 0 },
};

static const struct attribute notice[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "notice" },
	{ "act", ATTRIBUTE_INT },
	{ "dossier", ATTRIBUTE_INT },
	{ "person", ATTRIBUTE_INT },
	{ "class", ATTRIBUTE_INT, .max = NOTICE_PROOF },
	{ "since", ATTRIBUTE_TEXT, .max = 10 },
	{ "made_at", ATTRIBUTE_INT },
	{ 0 },
};

static const struct attribute notice_way[] = {
	{ "notice", ATTRIBUTE_INT, .key = true, .within = "notice" },
	{ "way", ATTRIBUTE_INT, .key = true, .max = NOTICE_WAYS - 1 },
	{ "state", ATTRIBUTE_INT, .max = NOTICE_STATES - 1 },
	{ "tries", ATTRIBUTE_INT, .max = INT32_MAX },
	{ "next_at", ATTRIBUTE_INT },
	{ "changed_at", ATTRIBUTE_INT },
	{ "why", ATTRIBUTE_TEXT, .max = 1000 },
	{ 0 },
};

static const struct attribute notice_wish[] = {
	{ "person", ATTRIBUTE_INT, .key = true, .within = "person" },
	{ "email", ATTRIBUTE_TEXT, .max = MAIL_ADDRESS_MOST, .fits = is_email },
	{ "proved_at", ATTRIBUTE_INT, .null = true },
	{ "mine", ATTRIBUTE_INT, .max = 3 },
	{ "digest", ATTRIBUTE_INT, .max = 3 },
	{ "lang", ATTRIBUTE_INT, .max = LANG_EN },
	{ "changed_at", ATTRIBUTE_INT },
	{ 0 },
};

static const struct attribute sealed_identity[] = {
	{ "act", ATTRIBUTE_INT, .key = true, .within = "act" },
	{ "dossier", ATTRIBUTE_INT },
	{ "salt", ATTRIBUTE_BYTES, .max = sizeof(struct hash) },
	{ "bytes", ATTRIBUTE_BYTES },
	{ 0 },
};

static const struct attribute receipt[] = {
	{ "dossier", ATTRIBUTE_INT, .key = true, .within = "dossier" },
	{ "hash", ATTRIBUTE_BYTES, .max = sizeof(struct hash) },
	{ "made_at", ATTRIBUTE_INT },
	{ 0 },
};

/* In an order in which whatever a row refers to stands before it. */
const struct relation office_relations[] = {
	{ "site", RELATION_CARRIED, site, .at_once = true },
	{ "unit", RELATION_CARRIED, unit, .at_once = true },
	{ "unit_version", RELATION_CARRIED, unit_version, .at_once = true },
	{ "unit_succession", RELATION_CARRIED, unit_succession, .at_once = true },
	{ "unit_fact", RELATION_CARRIED, unit_fact, .at_once = true },
	{ "notice_place", RELATION_CARRIED, notice_place, .at_once = true },
	{ "unit_ancestor", RELATION_DERIVED, .why = "unit, unit_version and unit_succession" },
	{ "person", RELATION_CARRIED, person },
	{ "person_private", RELATION_CARRIED, person_private },
	{ "account", RELATION_CARRIED, account },
	{ "session", RELATION_LEFT, .why = "everybody signs in anew" },
	/* Of an account made after the fixed act there is no row; nor is there of its code. */
	{ "one_time_code", RELATION_CARRIED, one_time_code,
	  .insert = "INSERT INTO one_time_code (hash, purpose, person, made_at, made_by, made_as,"
		    " expires_at, used_at, used) SELECT $1, $2, CAST($3 AS BIGINT), $4,"
		    " CAST($5 AS BIGINT), CAST($6 AS BIGINT), $7, CAST($8 AS BIGINT), $9 WHERE"
		    " CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM account WHERE person ="
		    " CAST($3 AS BIGINT))" },
	{ "appointment", RELATION_CARRIED, appointment },
	{ "personal_view", RELATION_CARRIED, personal_view },
	{ "dossier", RELATION_CARRIED, dossier,
	  .insert = "INSERT INTO dossier (id, code, kind, unit, parent, holder, state, visibility,"
		    " channel, title, number, facet, opened_on, changed_at, unverified, acts,"
		    " versions, data) VALUES ($1, $2, $3, $4, $5, $4, 1, 3, 0, '', '', '',"
		    " '0001-01-01', 0, 0, 0, 0, '{}')" },
	{ "act", RELATION_CARRIED, act },
	{ "content", RELATION_CARRIED, content },
	{ "sealed_identity", RELATION_CARRIED, sealed_identity },
	{ "calendar_day", RELATION_DERIVED, .why = "acts that declared a day" },
	{ "dossier_under", RELATION_DERIVED, .why = "dossier and unit_ancestor" },
	{ "line", RELATION_DERIVED, .why = "act" },
	{ "duty", RELATION_DERIVED, .why = "act" },
	{ "tally", RELATION_DERIVED, .why = "act" },
	{ "tally_year", RELATION_DERIVED, .why = "tally" },
	{ "figure", RELATION_DERIVED, .why = "act" },
	{ "file", RELATION_CARRIED, file },
	{ "view_count", RELATION_CARRIED, view_count },
	{ "receipt", RELATION_CARRIED, receipt },
	/* A digest that was swept away while this was read leaves no way behind. */
	{ "notice", RELATION_CARRIED, notice },
	{ "notice_way", RELATION_CARRIED, notice_way,
	  .insert = "INSERT INTO notice_way (notice, way, state, tries, next_at, changed_at, why)"
		    " SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT),"
		    " CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT), $7"
		    " WHERE EXISTS (SELECT 1 FROM notice WHERE id = CAST($1 AS BIGINT))" },
	{ "notice_wish", RELATION_CARRIED, notice_wish },
	{ "notice_proof", RELATION_LEFT, .why = "of the last day, under a key of this site" },
	{ "follow", RELATION_CARRIED, follow },
	{ "follow_feed", RELATION_CARRIED, follow_feed },
	{ "draft", RELATION_LEFT, .why = "nobody has sent it yet" },
	{ "draft_text", RELATION_LEFT, .why = "what a draft says" },
	{ "draft_file", RELATION_LEFT, .why = "what a draft says" },
	{ "copy_progress", RELATION_LEFT, .why = "of a copy between two databases" },
	/* A use is kept only where an act of the dossier names the file: office/rebuild.h. */
	{ "file_use", RELATION_CARRIED, use_of_file,
	  .insert = "INSERT INTO file_use (dossier, sha256, name, sealed) SELECT $1, $2, $3, $4"
		    " WHERE EXISTS (SELECT 1 FROM file WHERE sha256 = $2)" },
	{ 0 },
};

/* What the sample pages show. */
#pragma once

#include "web/html.h"

struct reply {
	struct str author;
	struct html body;
	struct url link;
	bool official;
};

struct topic_page {
	struct str title;
	enum msg label;
	struct date closes;
	struct instant seen;
	int64_t views;
	struct {
		const struct reply *at;
		size_t n;
	} replies;
	struct url list;
	int page;
	bool open;
};

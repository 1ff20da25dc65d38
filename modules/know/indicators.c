/* What reports count of disclosures, of their plan and of news: the indicators CK-01 to CK-08 and LD-08
 * of the law's table, what the house adds to them, and who answered at all. */
#include "modules/know/article.h"
#include "modules/know/disclosure.h"
#include "modules/know/plan.h"

const struct measure disclosure_indicators[] = {
	{ "CK-01", MEASURE_SUM, .brief = MSG_KNOW_CK01_BRIEF, .means = MSG_KNOW_CK01_MEANS,
	  .parts = { { COUNT_SHOWN, "publish", MSG_KNOW_DISCLOSURES } } },
	{ "CK-02", MEASURE_SUM, .means = MSG_KNOW_CK_FORM_MEANS,
	  .parts = { { COUNT_FIGURE, FIGURE_POSTING, MSG_KNOW_DISCLOSURES } } },
	{ "CK-03", MEASURE_SUM,
	  .parts = { { COUNT_FIGURE, FIGURE_BROADCAST, MSG_KNOW_DISCLOSURES } } },
	{ "CK-04", MEASURE_SUM, .parts = { { COUNT_FIGURE, FIGURE_HEADS, MSG_KNOW_DISCLOSURES } } },
	{ "CK-05", MEASURE_SUM, .means = MSG_KNOW_CK05_MEANS,
	  .parts = { { COUNT_FIGURE, FIGURE_OTHER, MSG_KNOW_DISCLOSURES } } },
	{ "CK-06",
	  MEASURE_IN_TIME,
	  MSG_KNOW_CK06_TITLE,
	  MSG_KNOW_CK06_BRIEF,
	  MSG_KNOW_CK06_MEANS,
	  { 840, 880, 920 },
	  { { COUNT_DUTIES, "disclosure.commune.publish", MSG_KNOW_OF_COMMUNES },
	    { COUNT_DUTIES, "disclosure.agency.publish", MSG_KNOW_OF_AGENCIES },
	    { COUNT_DUTIES, "disclosure.enterprise.publish", MSG_KNOW_OF_ENTERPRISES } } },
	{ "CK-07",
	  MEASURE_IN_TIME,
	  MSG_KNOW_CK07_TITLE,
	  MSG_KNOW_CK07_BRIEF,
	  MSG_KNOW_CK07_MEANS,
	  { 800, 900, 950 },
	  { { COUNT_DUTIES, "disclosure.commune.posting", MSG_KNOW_OF_COMMUNES },
	    { COUNT_DUTIES, "disclosure.agency.posting", MSG_KNOW_OF_AGENCIES },
	    { COUNT_DUTIES, "disclosure.enterprise.posting", MSG_KNOW_OF_ENTERPRISES } } },
	{ "LD-08", MEASURE_SUM, .means = MSG_KNOW_LD08_MEANS,
	  .parts = { { COUNT_FIGURE, FIGURE_ON_AIR, MSG_KNOW_LINE_BROADCAST } } },
	/* A form of its own since the law of 2022 (LW-01); among the "other forms" it would hide them,
	 * because whatever is disclosed here is on the web. */
	{ "house.web", MEASURE_SUM, MSG_KNOW_WEB_TITLE,
	  .parts = { { COUNT_FIGURE, FIGURE_WEB, MSG_KNOW_DISCLOSURES } }, .law = "LW-01" },
	{ "house.coverage", MEASURE_ANY, .means = MSG_KNOW_COVERAGE_MEANS,
	  .parts = { { COUNT_SHOWN, "publish", MSG_KNOW_DISCLOSURES } } },
	{ 0 },
};

/* News and broadcasts are one indicator. */
const struct measure article_indicators[] = {
	{ "LD-08", MEASURE_SUM, .means = MSG_KNOW_LD08_NEWS_MEANS,
	  .parts = { { COUNT_SHOWN, "publish", MSG_ARTICLE_ARTICLES } } },
	{ 0 },
};

const struct measure plan_indicators[] = {
	{ "CK-08", MEASURE_ALL, .means = MSG_KNOW_CK08_MEANS,
	  .parts = { { COUNT_DUTIES, "disclosure.commune.quarterly_list",
		       MSG_KNOW_OF_COMMUNES } } },
	{ "house.coverage", MEASURE_ANY,
	  .parts = { { COUNT_NIL, "house.disclosure.month", MSG_KNOW_NIL_DONE },
		     { COUNT_NIL, "house.disclosure.quarter", MSG_KNOW_NIL_DONE },
		     { COUNT_NIL, "house.disclosure.half", MSG_KNOW_NIL_DONE },
		     { COUNT_NIL, "house.disclosure.year", MSG_KNOW_NIL_DONE } } },
	{ 0 },
};

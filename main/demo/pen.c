#include "main/demo/pen.h"

int demo_citizens_of(const struct demo *d, int unit)
{
	for (int i = 0; i < d->citizen_count; i += DEMO_CITIZENS)
		if (d->citizens[i].unit == unit)
			return i;
	return -1;
}

void demo_each_commune(struct demo *d, const char *word, void (*write)(struct pen *p))
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	for (p.unit = 0; p.unit < d->unit_count; p.unit++) {
		p.u = &d->units[p.unit];
		if (!p.u->commune)
			continue;
		p.citizens = demo_citizens_of(d, p.unit);
		demo_stream(d, str_printf(d->mem, "%s %.*s", word, STR_ARG(p.u->unit.code)), &rng);
		write(&p);
	}
}

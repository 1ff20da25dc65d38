/* What templates call to let modules write into the dossier page. */
#pragma once

#include "web/dossier_page.h"

void dossier_head(struct page *out, const struct dossier_page *p);
void dossier_content_parts(struct page *out, const struct dossier_page *p);
void dossier_modules(struct page *out, const struct dossier_page *p);
void dossier_side_modules(struct page *out, const struct dossier_page *p);

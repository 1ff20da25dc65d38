/* The review in words, for pages, files and the command line alike. */
#pragma once

#include "base/msg.h"
#include "gen/messages.h"
#include "office/report.h"

/* "năm 2020", "quý I năm 2020", "từ tháng 2 đến tháng 5 năm 2020" */
struct str report_period_words(struct arena *a, enum lang lang, const struct report_span *span);
struct str report_title(struct arena *a, enum lang lang, const struct report_line *line);
/* "Công khai"; of a line that the law's table lacks, that it is the house's own. */
struct str report_section(enum lang lang, const struct report_line *line);
/* "4.360", "89,6 %", "138/143", "không áp dụng", "chưa có số liệu" */
struct str report_value_words(struct arena *a, enum lang lang, const struct report_line *line,
			      struct report_value v, bool applies);
/* "+6,3 %", "+8,3 điểm", "không đổi"; "" where nothing can be compared. */
struct str report_change_words(struct arena *a, enum lang lang, const struct report_line *line,
			       struct report_value now, struct report_value before);
/* "2019: 4.102 · +6,3 %"; "2019: chưa thống kê" */
struct str report_before_words(struct arena *a, enum lang lang, const struct report *r,
			       const struct report_line *line);
/* "5 ngày làm việc: Luật 10/2022/QH15, Điều 12, khoản 3 (TL-001)" */
struct str report_rule_words(struct arena *a, enum lang lang, const struct time_limit *row);

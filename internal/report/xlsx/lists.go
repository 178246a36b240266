package xlsx

import (
	"fmt"

	"puntari/internal/spreadsheet"
)

// listSheet holds the lists that people choose from: a column of labels in the
// language of the report, and beside it their codes.
const listSheet = "_lists"

// lists is the hidden sheet of the lists and the names of their ranges.
func (r *report) lists() (hiddenSheet, []rangeName) {
	h := hiddenSheet{name: listSheet}
	var ranges []rangeName
	add := func(name, prefix string, codes ...string) {
		labels := make([]string, len(codes))
		for i, c := range codes {
			labels[i] = r.w.T(prefix + c)
		}
		col := len(h.columns) + 1
		h.columns = append(h.columns, labels, codes)
		ranges = append(ranges, rangeName{name, listSheet, spreadsheet.Fixed(col, 1) + ":" + spreadsheet.Fixed(col, len(codes))})
	}
	add("lst_judgement", "report.judgement.", "agree", "disagree", "higher", "lower", "not_my_field")
	add("lst_status", "report.status.", "open", "started", "done", "rejected")
	add("lst_decision", "report.decision.", "approve", "approve_with_conditions", "reject", "defer")
	add("lst_yesno", "common.", "yes", "no")
	add("lst_publicity", "report.publicity.", "public", "partly_secret", "secret")
	var labels, codes []string
	for _, o := range r.c.Policy.Outcomes {
		labels, codes = append(labels, o.Label.In(r.w.Lang)), append(codes, o.Code)
	}
	col := len(h.columns) + 1
	h.columns = append(h.columns, labels, codes)
	if len(codes) > 0 {
		ranges = append(ranges, rangeName{"lst_outcome", listSheet, fmt.Sprintf("%s:%s", spreadsheet.Fixed(col, 1), spreadsheet.Fixed(col, len(codes)))})
	}
	return h, ranges
}

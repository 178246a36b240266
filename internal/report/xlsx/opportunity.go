package xlsx

import (
	"fmt"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// opportunities is the sheet of the opportunity checklist.
func (r *report) opportunities() *sheet {
	s := r.newSheet("opportunity")
	s.landscape = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 17, title: t("item")}, {width: 42, title: t("question")}, {width: 20, title: t("result")},
		{width: 50, title: t("why")}, {width: 10, title: t("fact")},
		{width: 13, title: t("judgement"), input: true}, {width: 26, title: t("comment"), input: true}, {width: 20, title: t("check"), offPage: true}, {width: 24, title: t("theme"), offPage: true},
	}
	counts := r.counts(r.c.Opportunity.Items)
	about := r.w.T("report.opportunity.about", "n", fmt.Sprint(len(r.c.Opportunity.Items)),
		"value", phrase.Interval(r.a.Value), "readiness", phrase.Interval(r.a.Readiness), "unknown", fmt.Sprint(counts[assessment.Unknown]))
	s.head(r.sheetName("opportunity"), about, r.back())
	s.tableHeader()
	first := s.next()
	r.items(&r.c.Opportunity, func(item *checklist.Item, it *assessment.Item, k spreadsheet.Style) {
		n := s.next()
		s.add(row{anchor: "item:" + item.ID, grows: true, cells: []cell{
			r.itemCell(item, k), text(item.Question.In(r.w.Lang), k),
			r.resultCell(item.ID, it.Result, k), text(r.clip(r.reason(item.ID, it)), k), r.factCell(it, k),
			input(inputName(item.ID, "judgement")), input(inputName(item.ID, "comment")), r.reasonNeeded(spreadsheet.At(6, n), spreadsheet.At(7, n)), text(r.w.Theme(item), k.Muted()),
		}})
	})
	r.judgements(s, first, 6)
	return s
}

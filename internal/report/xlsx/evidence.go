package xlsx

import (
	"fmt"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// The widths of the columns that list items.
const (
	riskItemsWidth = 34
	gainItemsWidth = 23
)

// evidence is the sheet of the facts: what the description says, where it came
// from, and which items used it.
func (r *report) evidence() *sheet {
	s := r.newSheet("evidence")
	s.landscape = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 7.5, title: t("fact")}, {width: 30, title: t("factName")}, {width: 46, title: t("value")}, {width: 16, title: t("state")}, {width: 14, title: t("source")},
		{width: riskItemsWidth, title: t("riskItems")}, {width: gainItemsWidth, title: t("opportunityItems")}, {width: 34, title: t("path"), offPage: true},
	}
	open := 0
	for _, f := range r.a.Facts {
		if isOpen(f.State) {
			open++
		}
	}
	about := r.w.T("report.evidence.about", "n", fmt.Sprint(len(r.a.Facts)), "open", fmt.Sprint(open))
	s.head(r.sheetName("evidence"), about, r.back())
	s.tableHeader()
	deciding := map[string]bool{}
	for _, q := range r.a.Questions {
		if q.Decisive {
			deciding[q.Field] = true
		}
	}
	section := ""
	for i, f := range r.a.Facts {
		k := textStyle
		source := ""
		if field, _ := r.w.Field(f.Path); field != nil {
			if section != "" && section != field.Section() {
				k.Border = spreadsheet.ThemeTop
			}
			section = field.Section()
			if field.Producer != "" {
				source = r.w.T("report.producer." + field.Producer)
			}
		}
		s.add(r.factRow(i+1, &f, source, deciding[f.Path], k))
	}
	if len(r.a.Facts) > 0 {
		s.filter = true
		s.cursor = spreadsheet.At(1, s.header+1)
	}
	return s
}

// isOpen tells whether a fact keeps items open.
func isOpen(state string) bool {
	return state == assessment.NotAnswered || state == assessment.SaidUnknown || state == assessment.Doubted
}

func (r *report) factRow(n int, f *assessment.Fact, source string, deciding bool, k spreadsheet.Style) row {
	value := text(r.clip(phrase.Capital(r.w.Values(f.Path, f.Values))), k)
	if isOpen(f.State) {
		if len(f.Values) > 0 {
			value.text += "\n"
		}
		value.text += "► " + r.clip(r.w.Question(f.Path))
		value.style = k.Muted()
	}
	if f.State == assessment.Answered && len(f.Values) == 0 {
		value = text(r.w.T("report.evidence.none"), k.Muted())
	}
	state := text(r.w.T("report.state."+f.State), k)
	if isOpen(f.State) {
		state.style = k.InBold().Filled(palette.Unknown())
		state.text = "? " + state.text
		if deciding {
			state.text += "\n" + r.w.T("report.evidence.deciding")
		}
	}
	items := func(ids []string, width float64) cell { return text(listed(r.inOrder(ids), k, width), k) }
	to := ""
	if used := r.inOrder(f.Items); len(used) > 0 {
		to = "item:" + used[0]
	}
	return row{anchor: "fact:" + f.Path, cells: []cell{
		linked(factNumber(n), to, k.InBold()), text(r.w.FactLabel(f.Path), k), value, state, text(source, k.Muted()),
		items(r.risksOnly(f.Items), riskItemsWidth), items(r.opportunitiesOnly(f.Items), gainItemsWidth), text(f.Path, k.Sized(9).Muted()),
	}}
}

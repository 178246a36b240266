package xlsx

import (
	"fmt"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// inputName is the defined name of a reviewer's input on an item.
func inputName(id, what string) string {
	return "in_" + strings.ReplaceAll(id, "-", "_") + "_" + what
}

// risks is the sheet of the risk checklist.
func (r *report) risks() *sheet {
	s := r.newSheet("risk")
	s.landscape = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 15, title: t("item")}, {width: 33, title: t("question")}, {width: 13.5, title: t("result")},
		{width: 12.5, title: t("level"), centred: true}, {width: 39, title: t("why")}, {width: 24.5, title: t("law")}, {width: 9.5, title: t("fact")}, {width: 9.5, title: t("change")},
		{width: 13, title: t("judgement"), input: true}, {width: 23, title: t("comment"), input: true}, {width: 20, title: t("check"), offPage: true}, {width: 24, title: t("theme"), offPage: true},
	}
	counts := r.counts(r.c.Risk.Items)
	about := r.w.T("report.risk.about",
		"n", fmt.Sprint(len(r.c.Risk.Items)), "fail", fmt.Sprint(counts[assessment.Fail]),
		"concern", fmt.Sprint(counts[assessment.Concern]), "unknown", fmt.Sprint(counts[assessment.Unknown]))
	s.head(r.sheetName("risk"), about, r.back())
	s.tableHeader()
	first := s.next()
	r.items(&r.c.Risk, func(item *checklist.Item, it *assessment.Item, k spreadsheet.Style) {
		s.add(r.riskRow(item, it, k, s.next()))
	})
	r.judgements(s, first, 9)
	return s
}

// items calls row for each item of a checklist that has a result, with the style of
// its row.
func (r *report) items(l *checklist.Checklist, row func(*checklist.Item, *assessment.Item, spreadsheet.Style)) {
	theme := ""
	for i := range l.Items {
		item := &l.Items[i]
		it := r.a.Items[item.ID]
		if it == nil {
			continue
		}
		k := textStyle
		if theme != "" && theme != item.Theme {
			k.Border = spreadsheet.ThemeTop
		}
		theme = item.Theme
		row(item, it, k)
	}
}

func (r *report) riskRow(item *checklist.Item, it *assessment.Item, k spreadsheet.Style, n int) row {
	why := text(r.clip(r.reason(item.ID, it)), k)
	if codes := r.stops[item.ID]; len(codes) > 0 {
		var labels []string
		for _, c := range codes {
			labels = append(labels, palette.Stop+" "+r.w.T("report.hardStop", "stop", r.w.StopLabel(c)))
		}
		head := strings.Join(labels, "\n")
		full := head + "\n" + why.text
		why.text, why.runs = full, []run{{head, 10, true}, {"\n" + why.text, 10, false}}
	}
	if len(it.Possible) > 0 {
		var can []string
		for _, p := range it.Possible {
			can = append(can, strings.ToLower(r.w.Result(item.ID, p)))
		}
		why.text += "\n" + r.w.T("report.possible", "results", strings.Join(can, ", "))
	}
	level := r.levelCell(r.levelNow(item.ID))
	if r.levelNow(item.ID) == "" {
		level.style = k.Centred()
	}
	return row{anchor: "item:" + item.ID, grows: true, cells: []cell{
		r.itemCell(item, k), text(item.Question.In(r.w.Lang), k),
		r.resultCell(item.ID, it.Result, k), level, why,
		text(r.w.Law(r.w.References(item.ID, it)), k.Sized(8.5).Muted()), r.factCell(it, k), r.changeCell(item.ID, 1, k),
		input(inputName(item.ID, "judgement")), input(inputName(item.ID, "comment")), r.reasonNeeded(spreadsheet.At(9, n), spreadsheet.At(10, n)), text(r.w.Theme(item), k.Muted()),
	}}
}

// itemCell shows the id of an item and its theme.
func (r *report) itemCell(item *checklist.Item, k spreadsheet.Style) cell {
	theme := r.w.Theme(item)
	c := text(item.ID+"\n"+theme, k)
	c.runs = []run{{item.ID, 10, true}, {"\n" + theme, 9, false}}
	return c
}

// reasonNeeded is the cell that asks for a reason when a judgement differs.
func (r *report) reasonNeeded(judgement, comment string) cell {
	return r.reasonUnless(judgement, comment, r.w.T("report.judgement.agree"), r.w.T("report.judgement.not_my_field"))
}

// reasonUnless is the cell that asks for a reason while there is an answer other
// than the plain ones, and no reason.
func (r *report) reasonUnless(answer, reason string, plain ...string) cell {
	f := `IF(AND(` + answer + `<>""`
	for _, s := range plain {
		f += `,` + answer + `<>` + spreadsheet.Quote(s)
	}
	f += `,` + reason + `=""),` + spreadsheet.Quote("◄ "+r.w.T("report.reasonNeeded")) + `,"")`
	return cell{style: spreadsheet.Style{Size: 10, Bold: true, Color: palette.Rust, Indent: 1}, formula: f}
}

// judgements sets the list of judgements and the highlight of a missing reason
// for a checklist whose judgement is in column col and whose comment is beside it.
func (r *report) judgements(s *sheet, first, col int) {
	last := s.next() - 1
	if last < first {
		return
	}
	s.filter = true
	s.cursor = spreadsheet.At(col, first)
	s.lists = append(s.lists, list{
		ref: spreadsheet.At(col, first) + ":" + spreadsheet.At(col, last), source: "lst_judgement",
		title: r.w.T("report.column.judgement"), prompt: r.w.T("report.prompt.judgement"), error: r.w.T("report.prompt.list"),
	})
	s.rules = append(s.rules, rule{
		ref:       spreadsheet.At(col+1, first) + ":" + spreadsheet.At(col+1, last),
		formula:   fmt.Sprintf(`%s<>""`, spreadsheet.At(col+2, first)),
		highlight: highlightNeeded,
	})
}

// counts counts the results of the items of a checklist.
func (r *report) counts(items []checklist.Item) map[string]int {
	out := map[string]int{}
	for i := range items {
		if it := r.a.Items[items[i].ID]; it != nil {
			out[it.Result]++
		}
	}
	return out
}

package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"puntari/internal/spreadsheet"
)

// logLines is how many lines people can add to the change log by hand.
const logLines = 8

// changeLog is the sheet that tells how this version came about and on which
// people note what they changed.
func (r *report) changeLog() *sheet {
	s := r.newSheet("log")
	s.landscape, s.onePage = true, true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 6, title: t("number")}, {width: 13, title: t("date"), input: true}, {width: 30, title: t("whoChanged"), input: true},
		{width: 66, title: t("whatChanged"), input: true}, {width: 26, title: t("items"), input: true}, {width: 40, title: t("reference"), input: true},
	}
	s.head(r.sheetName("log"), r.w.T("report.log.about"), r.back())
	s.tableHeader()
	what := r.w.T("report.log.made", "outcome", r.w.OutcomeLabel(r.a.Outcome), "risk", strings.ToLower(r.w.Level(r.a.RiskLevel)), "version", r.a.Version.Policy)
	s.add(row{least: 32, cells: []cell{
		text("1", textStyle.Centred()), text(r.a.Date, textStyle), text(strings.TrimSpace(r.a.Tool.Name+" "+r.a.Tool.Version), textStyle),
		text(what, textStyle), text(r.a.Dataset.Source, textStyle), text(r.w.T("report.log.digest", "digest", r.digest[:12]), textStyle),
	}})
	first := s.next()
	for i := range logLines {
		name := func(what string) string { return fmt.Sprintf("log_%d_%s", i+2, what) }
		s.add(row{least: 26, grows: true, cells: []cell{
			text(strconv.Itoa(i+2), textStyle.Centred()), {style: dateInput, name: name("date")}, input(name("who")), input(name("what")), input(name("items")), input(name("ref"))}})
	}
	s.cursor = spreadsheet.At(2, first)
	s.lists = []list{{ref: spreadsheet.At(2, first) + ":" + spreadsheet.At(2, s.next()-1), title: t("date"), prompt: r.w.T("report.prompt.date"), error: r.w.T("report.prompt.date")}}
	return s
}

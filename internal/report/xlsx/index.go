package xlsx

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// IndexEntry is one report of a folder.
type IndexEntry struct {
	// File is the name of the report in the folder.
	File       string
	Assessment *assessment.Assessment
}

// Index writes the index of the reports in a folder as a workbook: one row for
// each dataset, with a link to its report, the most open outcome first.
func Index(w io.Writer, entries []IndexEntry, c *checklist.Catalogue, o Options) error {
	if o.Lang == "" {
		o.Lang = "en"
	}
	words := phrase.New(c, o.Lang)
	b := &book{tip: func(string) string { return "" }}
	b.sheets = []*sheet{indexSheet(entries, c, words)}
	b.header = words.T("report.index.title")
	b.footerLeft = o.Organisation
	latest := "1980-01-01"
	for _, e := range entries {
		latest = max(latest, e.Assessment.Date)
		b.footerCentre = words.T("report.index.footer", "version", e.Assessment.Version.Policy)
	}
	created := latest + "T00:00:00Z"
	b.core = excelize.DocProperties{
		Title: words.T("report.index.title"), Language: o.Lang, Creator: spreadsheet.Clean(o.Organisation),
		Created: created, Modified: created, Category: words.T("report.index.title"), Revision: "1",
	}
	b.company = spreadsheet.Clean(o.Organisation)
	if err := b.write(w); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

func indexSheet(entries []IndexEntry, c *checklist.Catalogue, w *phrase.Words) *sheet {
	s := &sheet{code: "index", name: w.T("report.sheet.index"), tab: palette.Navy, landscape: true}
	t := func(key string) string { return w.T("report.column." + key) }
	s.columns = []column{
		{width: 10, title: t("report")}, {width: 40, title: t("point")}, {width: 26, title: t("outcome")}, {width: 14, title: t("level"), centred: true}, {width: 10, title: t("valueScore"), centred: true},
		{width: 11, title: t("readinessScore"), centred: true}, {width: 9, title: t("priority"), centred: true}, {width: 9, title: t("openQuestions"), centred: true},
		{width: 10, title: t("changes"), centred: true}, {width: 36, title: t("stopsOrFails")}, {width: 12, title: t("assessed"), centred: true},
	}
	rank := map[string]int{}
	for i, o := range c.Policy.Outcomes {
		rank[o.Code] = i
	}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(x, y IndexEntry) int {
		a, b := x.Assessment, y.Assessment
		return cmp.Or(cmp.Compare(rank[a.Outcome], rank[b.Outcome]), cmp.Compare(priority(a), priority(b)),
			cmp.Compare(b.Value.Low, a.Value.Low), cmp.Compare(a.Dataset.Identifier, b.Dataset.Identifier), cmp.Compare(x.File, y.File))
	})
	counts := map[string]int{}
	for _, e := range entries {
		counts[e.Assessment.Outcome]++
	}
	var parts []string
	for _, o := range c.Policy.Outcomes {
		if n := counts[o.Code]; n > 0 {
			parts = append(parts, palette.Outcome(o.Code).Glyph+" "+o.Label.In(w.Lang)+" "+strconv.Itoa(n))
		}
	}
	s.add(row{cells: []cell{text(w.T("report.index.title"), titleStyle)}, height: 30})
	s.add(row{cells: []cell{text(w.N("report.index.about", len(entries)), aboutStyle)}, height: 16})
	s.add(row{cells: []cell{text(strings.Join(parts, "     "), aboutStyle.InBold())}, height: 18})
	s.space(6)
	s.tableHeader()
	for _, e := range sorted {
		s.add(indexRow(e, w))
	}
	s.filter = len(entries) > 0
	s.cursor = spreadsheet.At(1, s.header+1)
	return s
}

func priority(a *assessment.Assessment) string {
	if a.Priority == nil {
		return "~"
	}
	return *a.Priority
}

func indexRow(e IndexEntry, w *phrase.Words) row {
	a := e.Assessment
	title := w.Title(a.Dataset.Title)
	if title == "" {
		title = a.Dataset.Identifier
	}
	look := palette.Outcome(a.Outcome)
	chipStyle := textStyle.InBold().Bordered(spreadsheet.WhiteBox)
	var why []string
	for _, h := range a.HardStops {
		if l := w.StopLabel(h.Stop); !slices.Contains(why, l) {
			why = append(why, l)
		}
	}
	if len(why) == 0 {
		for _, id := range a.BlockedBy {
			if it := w.Item(id); it != nil {
				why = append(why, it.Title.In(w.Lang))
			}
		}
	}
	if len(why) == 0 {
		for _, d := range a.DecisiveQuestions {
			if it := w.Item(d.Item); it != nil {
				why = append(why, "? "+it.Title.In(w.Lang))
			}
		}
	}
	if len(why) > 4 {
		why = append(why[:4], "+"+strconv.Itoa(len(why)-4))
	}
	pr := ""
	if a.Priority != nil {
		pr = *a.Priority
	}
	number := func(n int) cell { v := float64(n); return cell{number: &v, style: textStyle.Centred()} }
	return row{least: 20, cells: []cell{
		linked(w.T("report.index.open"), besidePrefix+e.File, textStyle), text(shorten(title, 160, ""), textStyle.InBold()), text(look.Glyph+" "+w.OutcomeLabel(a.Outcome), chipStyle.Filled(look)),
		text(w.Level(a.RiskLevel), chipStyle.Centred().Filled(palette.RiskLevel(a.RiskLevel))),
		text(phrase.Interval(a.Value), chipStyle.Centred().Filled(palette.ScoreLevel(a.ValueLevel))),
		text(phrase.Interval(a.Readiness), chipStyle.Centred().Filled(palette.ScoreLevel(a.ReadinessLevel))),
		text(pr, textStyle.Centred()), number(len(a.Questions)), number(len(a.Changes.Measures) + len(a.Changes.Uncleared)),
		text(strings.Join(why, "\n"), textStyle), text(a.Date, textStyle.Centred()),
	}}
}

package xlsx

import (
	"strconv"

	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// measured is the sheet of what was measured in the data file, beside what the
// description says.
func (r *report) measured() *sheet {
	e := r.a.Evidence
	s := r.newSheet("measured")
	s.landscape = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 23, title: t("measuredWhat")}, {width: 42, title: t("measuredOf")}, {width: 38, title: t("stated")},
		{width: 34, title: t("measured")}, {width: 38, title: t("measuredResult")},
	}
	about := r.w.T("report.measured.about", "file", e.File, "rows", strconv.Itoa(e.Rows), "time", e.MeasuredAt)
	s.head(r.sheetName("measured"), r.clip(about), r.back())
	s.tableHeader()
	what := ""
	for _, m := range r.w.Measured(e) {
		k := textStyle
		if what != "" && what != m.What {
			k.Border = spreadsheet.ThemeTop
		}
		what = m.What
		result := text(phrase.Capital(m.Result), k)
		if m.Grave {
			result.style = k.InBold().Filled(palette.Unknown())
			result.text = "! " + result.text
		}
		s.add(row{cells: []cell{
			text(m.What, k.Muted()), text(r.clip(m.Of), k), text(r.clip(m.Stated), k), text(r.clip(m.Measured), k), result,
		}})
	}
	s.filter = true
	s.cursor = spreadsheet.At(1, s.header+1)
	return s
}

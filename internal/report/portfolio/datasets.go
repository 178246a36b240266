package portfolio

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/catalog"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// errFull ends the reading where a sheet is full.
var errFull = errors.New("the sheet is full")

// datasets are the sheets with a row for every dataset, all of them but one
// full. The rows are read once: each sheet takes up where the one before stopped.
func (b *book) datasets(from Source) []sheet {
	n := b.totals.Datasets()
	var out []sheet
	for first := 0; first == 0 || first < n; first += b.o.RowsPerSheet {
		count := min(n-first, b.o.RowsPerSheet)
		l := b.datasetLayout(count)
		if first > 0 {
			l.name = b.t("sheet.more", "n", strconv.Itoa(first/b.o.RowsPerSheet+1))
		}
		out = append(out, sheet{l, func(w *rowWriter) error {
			b.heading(w, &l)
			r := b.datasetRows()
			seen := 0
			err := from.Each(func(x *catalog.Result) error {
				if x.Failed() {
					return nil
				}
				if seen++; seen <= first {
					return nil
				}
				if seen > first+count {
					return errFull
				}
				w.row(0, r.cells(x))
				return nil
			})
			if errors.Is(err, errFull) {
				return nil
			}
			return err
		}})
	}
	return out
}

func (b *book) datasetLayout(count int) layout {
	return layout{
		name: b.t("sheet.datasets"), tab: palette.Sky, count: count + 1, header: 1, filter: count > 0, frozenRows: 1, frozenColumns: 2, landscape: true, wide: true, printed: 18,
		columns: []column{
			b.column(22, "identifier"), b.column(44, "title"), b.column(34, "publisher"), b.column(20, "unit"), b.column(24, "theme"), b.column(31, "outcome"), b.centred(14, "risk"),
			b.centred(10, "value"), b.centred(10, "valueHigh"), b.centred(11, "readiness"), b.centred(11, "priority"), b.centred(9, "fails"), b.centred(10, "concerns"), b.centred(11, "unknowns"),
			b.centred(13, "deciding"), b.column(24, "changes"), b.column(30, "after"), b.column(40, "blockers"), b.centred(11, "known"), b.column(36, "signOff"), b.column(20, "owner"), b.centred(12, "assessed"), b.column(26, "source"), b.centred(9, "record"),
		},
		bars: []bar{{7, palette.Sky, "100"}, {9, palette.Powder, "100"}, {18, palette.Hair, "1"}},
	}
}

// datasetRows makes the rows of datasets. What many rows have in common is
// looked up once.
type datasetRows struct {
	b                                 *book
	plain, count, share, day, centred int
	outcomes, after, levels           map[string]cell
	themes, items, stops, roles       map[string]string
	row                               []cell
}

func (b *book) datasetRows() *datasetRows {
	r := &datasetRows{
		b: b, plain: b.styles.ID(textStyle), count: b.styles.ID(countStyle), share: b.styles.ID(shareStyle),
		day: b.styles.ID(textStyle.Centred().Formatted(spreadsheet.Date)), centred: b.styles.ID(textStyle.Centred()),
		outcomes: map[string]cell{}, after: map[string]cell{}, levels: map[string]cell{},
		themes: map[string]string{}, items: map[string]string{}, stops: map[string]string{}, roles: map[string]string{},
	}
	for _, o := range b.c.Policy.Outcomes {
		k := palette.Outcome(o.Code)
		label := k.Glyph + " " + b.w.OutcomeLabel(o.Code)
		r.outcomes[o.Code] = text(b.styles.ID(chipStyle.Filled(k)), label)
		r.after[o.Code] = text(r.plain, label)
	}
	r.after[""] = text(r.plain, "")
	for _, l := range b.c.Policy.Levels.Names {
		r.levels[l.Level] = text(b.styles.ID(chipStyle.Centred().Filled(palette.RiskLevel(l.Level))), b.w.Level(l.Level))
	}
	return r
}

// cells are the cells of a row, valid until the next call.
func (r *datasetRows) cells(x *catalog.Result) []cell {
	v := &x.Verdict
	readiness := number(r.count, v.Readiness.Low)
	r.row = append(r.row[:0],
		text(r.plain, x.Identifier), text(r.plain, x.Name(r.b.o.Lang)), text(r.plain, x.Publisher), text(r.plain, x.Unit), text(r.plain, r.join(x.Themes, r.themes, r.theme)),
		r.outcomes[v.Outcome], r.levels[v.RiskLevel], number(r.count, v.Value.Low), number(r.count, v.Value.High), readiness, text(r.centred, catalog.Priority(x)),
		number(r.count, x.Count(assessment.Fail)), number(r.count, x.Count(assessment.Concern)), number(r.count, x.Count(assessment.Unknown)), number(r.count, v.Questions),
		text(r.plain, r.needs(x)), r.after[v.Changes.Outcome], text(r.plain, r.blockers(x)), number(r.share, x.Known()),
		text(r.plain, r.join(v.SignOff.Roles, r.roles, r.b.w.Role)), text(r.plain, x.Owner), date(r.day, x.Day), text(r.plain, x.Source), number(r.count, x.Record))
	return r.row
}

// join puts words to codes.
func (r *datasetRows) join(codes []string, known map[string]string, word func(string) string) string {
	if len(codes) == 0 {
		return ""
	}
	out := make([]string, len(codes))
	for i, code := range codes {
		w, ok := known[code]
		if !ok {
			if w = word(code); len(known) < 1000 {
				known[code] = w
			}
		}
		out[i] = w
	}
	return strings.Join(out, ", ")
}

func (r *datasetRows) theme(code string) string { return r.b.theme(code) }

func (b *book) theme(code string) string { return b.w.Values("dataset.theme", []string{code}) }

// needs are the codes of the changes, and the items that no change clears.
func (r *datasetRows) needs(x *catalog.Result) string {
	return strings.Join(append(catalog.Changes(x), x.Verdict.Changes.Uncleared...), ", ")
}

// blockers are the hard stops, else the items, that keep a dataset closed.
func (r *datasetRows) blockers(x *catalog.Result) string {
	if stops := catalog.Stops(x); len(stops) > 0 {
		return r.join(stops, r.stops, r.b.w.StopLabel)
	}
	const shown = 4
	ids := x.Verdict.BlockedBy
	s := r.join(ids[:min(len(ids), shown)], r.items, r.b.itemTitle)
	if len(ids) > shown {
		s += ", +" + strconv.Itoa(len(ids)-shown)
	}
	return s
}

func (b *book) itemTitle(id string) string {
	if it := b.w.Item(id); it != nil {
		return it.Title.In(b.o.Lang)
	}
	return id
}

// errors is the sheet of the records that could not be assessed.
func (b *book) errors(from Source) sheet {
	n := min(b.totals.Failed, b.o.RowsPerSheet)
	l := layout{
		name: b.t("sheet.errors"), tab: palette.Rust, landscape: true, count: n + tableHeader, header: tableHeader, frozenRows: tableHeader, filter: true,
		columns: []column{b.column(40, "source"), b.centred(10, "record"), b.centred(9, "line"), b.column(24, "identifier"), b.column(22, "code.error"), b.column(90, "message")},
	}
	return sheet{l, func(w *rowWriter) error {
		w.row(30, []cell{text(b.styles.ID(titleStyle), l.name)})
		w.row(18, []cell{text(b.styles.ID(aboutStyle), b.t("errors.about"))})
		w.row(6, nil)
		b.heading(w, &l)
		plain, count := b.styles.ID(textStyle.Wrapped()), b.styles.ID(countStyle)
		written := 0
		err := from.Each(func(x *catalog.Result) error {
			if !x.Failed() {
				return nil
			}
			if written++; written > n {
				return errFull
			}
			var why []string
			for _, e := range x.Errors {
				if !slices.Contains(why, e.Message) {
					why = append(why, e.Message)
				}
			}
			line := cell{}
			if x.Errors[0].Line > 0 {
				line = number(count, x.Errors[0].Line)
			}
			height := 15.0
			message := strings.Join(why, "\n")
			if lines := strings.Count(message, "\n") + 1 + len(message)/105; lines > 1 {
				height = 13 * float64(min(lines, 8))
			}
			w.row(height, []cell{text(plain, x.Source), number(count, x.Record), line, text(plain, x.Identifier), text(plain, x.Errors[0].Code), text(plain, message)})
			return nil
		})
		if errors.Is(err, errFull) {
			return nil
		}
		return err
	}}
}

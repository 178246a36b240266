// Package portfolio writes the workbook on a whole catalogue: what to open next,
// what stays closed, what is not known, and which change frees most, with a row
// for every dataset.
//
// The workbook is written straight into its package, sheet by sheet and row by
// row, so memory does not grow with the rows, in 1.6 times the time that
// compressing them takes.
package portfolio

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"puntari/internal/assessment"
	"puntari/internal/catalog"
	"puntari/internal/checklist"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// Options say how a workbook is written.
type Options struct {
	// Lang is "en", "fi" or "sv".
	Lang string
	// Origin says by what the results came about.
	Origin catalog.Origin
	// Profile is the organisation whose portfolio it is and what it changed, nil
	// for the general policy.
	Profile *assessment.Profile
	// RowsPerSheet is after how many datasets a new sheet begins; 0 means a
	// million. A sheet holds 1,048,576 rows.
	RowsPerSheet int
}

// Source gives all results, in order, as often as it is asked.
type Source interface {
	Each(fn func(*catalog.Result) error) error
}

// book is a workbook on its way.
type book struct {
	o      Options
	c      *checklist.Catalogue
	w      *phrase.Words
	totals *catalog.Totals
	styles *spreadsheet.Styles
	sheets []sheet
}

// organisation is the name of the organisation, "" without a profile.
func (b *book) organisation() string {
	if b.o.Profile == nil {
		return ""
	}
	return checklist.Text(b.o.Profile.Name).In(b.o.Lang)
}

// sheet is a sheet and how its rows are made.
type sheet struct {
	layout
	rows func(*rowWriter) error
}

// Render writes the workbook. The totals are those of the source.
func Render(to io.Writer, from Source, totals *catalog.Totals, c *checklist.Catalogue, o Options) error {
	if o.Lang == "" {
		o.Lang = "en"
	}
	if o.RowsPerSheet <= 0 {
		o.RowsPerSheet = 1_000_000
	}
	b := &book{o: o, c: c, w: phrase.New(c, o.Lang), totals: totals, styles: spreadsheet.NewStyles(spreadsheet.Style{})}
	b.sheets = append(b.sheets, b.summary())
	b.sheets = append(b.sheets, b.datasets(from)...)
	b.sheets = append(b.sheets, b.groups(), b.items(false), b.items(true), b.changes(), b.questions())
	if totals.Failed > 0 {
		b.sheets = append(b.sheets, b.errors(from))
	}
	b.sheets = append(b.sheets, b.guide())
	if err := b.write(to); err != nil {
		return fmt.Errorf("portfolio: %w", err)
	}
	return nil
}

func (b *book) write(to io.Writer) error {
	out := bufio.NewWriterSize(to, 1<<18)
	p := spreadsheet.NewPackage(out)
	if err := b.frame().Write(p); err != nil {
		return err
	}
	for i := range b.sheets {
		s := &b.sheets[i]
		part, err := p.Part(spreadsheet.SheetPart(i + 1))
		if err != nil {
			return err
		}
		to := newAhead(part)
		if err := errors.Join(b.sheet(s, to, i == 0), to.close()); err != nil {
			return err
		}
	}
	if err := p.Write(spreadsheet.StylesPart, b.styles.Part()); err != nil {
		return err
	}
	if err := p.Close(); err != nil {
		return err
	}
	return out.Flush()
}

func (b *book) sheet(s *sheet, to io.Writer, first bool) error {
	w := newRowWriter(to)
	w.open(&s.layout, first)
	if err := s.rows(w); err != nil {
		return err
	}
	w.close(&s.layout, b)
	return w.flush()
}

// table is a sheet of a title, a sentence, and a table from row 4 on.
func (b *book) table(l layout, about string, rows []row) sheet {
	l.header = tableHeader
	l.count = len(rows) + l.header
	l.frozenRows = l.header
	l.filter = len(rows) > 0
	return sheet{l, func(w *rowWriter) error {
		w.row(30, []cell{text(b.styles.ID(titleStyle), l.name)})
		w.row(18, []cell{text(b.styles.ID(aboutStyle), about)})
		w.row(6, nil)
		b.heading(w, &l)
		for _, r := range rows {
			w.row(r.height, r.cells)
		}
		return nil
	}}
}

const tableHeader = 4

// heading writes the header of a table.
func (b *book) heading(w *rowWriter, l *layout) {
	cells := make([]cell, len(l.columns))
	for i, c := range l.columns {
		k := headerStyle
		if c.centred {
			k = k.Centred()
		}
		cells[i] = text(b.styles.ID(k), c.title)
	}
	w.row(45, cells)
}

func (b *book) t(key string, pairs ...string) string { return b.w.T("portfolio."+key, pairs...) }

// column is a column with a header of the messages.
func (b *book) column(width float64, key string) column {
	return column{width: width, title: b.t("column." + key)}
}

func (b *book) centred(width float64, key string) column {
	return column{width: width, title: b.t("column." + key), centred: true}
}

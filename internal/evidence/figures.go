package evidence

import (
	"bytes"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"puntari/internal/detect"
	"puntari/internal/disclosure"
)

// A table of figures has a figure in each cell: a count, a sum. Rows of such a
// file are cells, or rows of cells; what tells cells apart are its dimensions.

// figure is the number that a cell shows. A cell that shows none is NaN, and
// hidden tells whether it is one that is left open: blank, or with a sign that
// stands for a figure that is not shown.
func (m *measurement) figure(v []byte) (n float64, hidden bool) {
	none := math.NaN()
	if len(v) == 0 {
		return none, true
	}
	if x := valueOf(v); isNumber(x.Type) {
		return x.Number, false
	}
	if len(v) > longestFigure {
		return none, false
	}
	s := strings.ToLower(string(v))
	f := &m.rules.Figures
	switch {
	case slices.Contains(f.Nothing, s):
		return 0, false
	case slices.Contains(f.Hidden, s), slices.ContainsFunc(f.Below, func(p string) bool { return strings.HasPrefix(s, p) && len(s) > len(p) }):
		return none, true
	}
	// Thousands are set apart by blanks, which are no part of a number elsewhere.
	if together := withoutBlanks(v); len(together) < len(v) {
		if x := valueOf(together); isNumber(x.Type) {
			return x.Number, false
		}
	}
	return none, false
}

// longestFigure is how long a figure or a sign in its place may be in bytes.
const longestFigure = 40

func isNumber(t detect.Type) bool {
	return t == detect.Integer || t == detect.Decimal || t == detect.DecimalComma
}

// withoutBlanks takes out the blanks between digits, those that do not break a
// line included. Anything else stays, so that a text does not become a number.
func withoutBlanks(v []byte) []byte {
	out := bytes.ReplaceAll(v, []byte("\u00a0"), []byte(" "))
	out = bytes.ReplaceAll(out, []byte("\u202f"), []byte(" "))
	digits := func(b []byte) bool {
		return len(b) > 0 && bytes.IndexFunc(b, func(r rune) bool { return r < '0' || r > '9' }) < 0
	}
	groups := bytes.Split(out, []byte(" "))
	for i, g := range groups {
		last := i == len(groups)-1
		switch whole, _, _ := bytes.Cut(g, []byte(",")); {
		case i == 0 && (len(g) > 3 || !digits(bytes.TrimPrefix(g, []byte("-")))),
			i > 0 && !last && (len(g) != 3 || !digits(g)),
			i > 0 && last && (len(whole) != 3 || !digits(whole)):
			return v
		}
	}
	return bytes.Join(groups, nil)
}

// mayBeFigures tells whether a column may be one of figures by its role. In a table
// of figures the name of what is counted may be that of something sensitive.
func (m *measurement) mayBeFigures(c *Column) bool {
	return c.Role == NoRole || c.Role == MeasureRole || c.Role == SensitiveAttribute && c.Basis != Stated && m.result.Rows == RowsAggregate
}

// readFigures finds out what a column of a table of figures shows, from its
// different values. It is no column of figures when anything else is in it.
func (m *measurement) readFigures(c *Column, d *dictionary) {
	if !m.mayBeFigures(c) || c.Type == TypeYear || c.Constant && c.Filled == 0 {
		return
	}
	if d == nil {
		c.Figures = c.Type == TypeInteger || c.Type == TypeNumber
		return
	}
	cells := Cells{Column: c.Name, Smallest: m.smallest()}
	whole, shown, values := true, int64(0), int64(0)
	for i := range d.entries {
		v, n := d.value(i), d.entries[i].count
		x, hidden := m.figure(v)
		switch {
		case hidden:
			cells.Hidden += n
			continue
		case math.IsNaN(x), x != 0 && len(v) > 1 && v[0] == '0' && v[1] >= '0' && v[1] <= '9':
			return // a text, or a code with zeros in front
		}
		shown += n
		values++
		whole = whole && x == math.Trunc(x) && x >= 0
		cells.count(x, n)
	}
	if values == 0 || float64(shown) < m.rules.Figures.Share*float64(shown+cells.Hidden) {
		return
	}
	c.Figures, c.Hidden = true, cells.Hidden
	if c.Type == TypeString {
		// Signs in place of figures made a text of it.
		c.Type = TypeNumber
		if whole {
			c.Type = TypeInteger
		}
		c.FreeText = false
	}
	if whole {
		m.result.Cells = append(m.result.Cells, cells)
	}
}

// smallest is the smallest count that is not told apart from larger ones, which
// are nobody's business: one more than all limits that it is held against.
func (m *measurement) smallest() int {
	const least = 20
	if m.result.Rows != RowsAggregate {
		return least + 1
	}
	j := &m.rules.Judgement
	return 1 + max(least, m.values.whole(j.Count), m.values.whole(j.SensitiveCount), m.o.SmallestCount)
}

// count takes in cells with a figure.
func (c *Cells) count(x float64, n int64) {
	if x <= 0 {
		return
	}
	c.Smallest = int(min(float64(c.Smallest), x))
	if x < 10 {
		c.Below10 += n
	}
	if x < 5 {
		c.Below5 += n
	}
	if x < 3 {
		c.Below3 += n
	}
	if x == 1 {
		c.Ones += n
	}
}

// inTable tells whether a column of a table of figures is coded: its figures and
// what tells the cells apart.
func (m *measurement) inTable(i int) bool {
	c := &m.result.Columns[i]
	return m.result.Rows == RowsAggregate && c.Filled > 0 && (c.Figures || !c.FreeText)
}

// cellReader reads the different values of a column of a table of figures as they
// are given codes.
type cellReader struct {
	m *measurement
	// figures are the figures by code, NaN for values that are none. blank is the
	// code of blank cells and total that of a name of totals, or -1.
	figures      []float64
	blank, total int
}

func (m *measurement) newCellReader() *cellReader { return &cellReader{m: m, blank: -1, total: -1} }

func (r *cellReader) add(v []byte) {
	code := len(r.figures)
	n, _ := r.m.figure(v)
	r.figures = append(r.figures, n)
	words := &r.m.rules.Totals
	switch s := strings.ToLower(string(v)); {
	case s == "":
		r.blank = code
	// A word that means nothing else goes before one that may.
	case slices.Contains(words.Words, s), r.total < 0 && slices.Contains(words.Proven, s):
		r.total = code
	}
}

// cellsOf are the values of a column of the table.
func (m *measurement) cellsOf(i int) *cellReader { return m.coded.columns[i].recodings[0].read }

// figures measures a table of figures: what its totals give away of the cells
// that it hides, or whether its sums rest on a few contributors.
func (m *measurement) figures(ctx context.Context) error {
	f := &tableOfFigures{m: m}
	var columns []disclosure.Column
	for i := range m.result.Columns {
		if !m.inTable(i) {
			continue
		}
		x := m.coded.columns[i]
		if x == nil || x.codes.OnDisk() {
			m.limit(LimitMemory)
			return nil
		}
		columns = append(columns, disclosure.Column{Name: m.result.Columns[i].Name.text, Codes: x.codes})
		switch {
		case i == m.entity:
		case m.result.Columns[i].Figures:
			f.figures = append(f.figures, i)
		default:
			f.dimensions = append(f.dimensions, m.result.Columns[i].Name.text)
		}
	}
	if len(f.figures) == 0 || m.result.Source.Rows == 0 || m.entity >= 0 && !m.inTable(m.entity) {
		return nil
	}
	var err error
	if f.table, err = disclosure.NewTable(columns...); err != nil {
		return err
	}
	f.table.Workers, f.table.Memory = m.o.Workers, m.o.Memory
	steps := []func(context.Context) error{f.contributors, f.margins}
	if m.entity >= 0 {
		// A row is what a contributor has in a cell, and no cell itself.
		m.result.Cells = nil
		steps = []func(context.Context) error{f.dominance}
	}
	for _, step := range steps {
		err := step(ctx)
		var memory *disclosure.MemoryError
		switch {
		case errors.As(err, &memory):
			m.limit(LimitMemory)
		case errors.Is(err, disclosure.ErrCellTwice):
			m.limit(LimitCells)
		case err != nil:
			return err
		}
	}
	return nil
}

// tableOfFigures is a table with its columns of figures by number, and what tells
// its cells apart by name.
type tableOfFigures struct {
	m          *measurement
	table      *disclosure.Table
	figures    []int
	dimensions []string
}

// apart leaves out the dimensions that another one determines, such as the name
// of an area beside its code, and adds the first columns of whole numbers to them
// until no two rows are the same cell: years and ages may be taken for figures.
func (f *tableOfFigures) apart(ctx context.Context) error {
	determined, err := f.table.Dependencies(ctx, f.dimensions...)
	if err != nil {
		return err
	}
	// Of two that say the same, the one stays that names its total.
	slices.SortStableFunc(determined, func(a, b disclosure.Dependency) int {
		_, first := f.totalLabel(a.Determinant)
		_, second := f.totalLabel(b.Determinant)
		switch {
		case first && !second:
			return -1
		case second && !first:
			return 1
		}
		return 0
	})
	left := map[string]bool{}
	for _, d := range determined {
		if !left[d.Determinant] {
			left[d.Dependent] = true
		}
	}
	f.dimensions = slices.DeleteFunc(f.dimensions, func(n string) bool { return left[n] })
	var added []string
	for {
		all, err := f.table.Classes(ctx, f.dimensions...)
		if err != nil {
			return err
		}
		if all.Histogram.K() == 1 && all.Histogram.Largest() == 1 {
			// What tells cells apart is no count.
			f.m.result.Cells = slices.DeleteFunc(f.m.result.Cells, func(c Cells) bool { return slices.Contains(added, c.Column.text) })
			return nil
		}
		c := &f.m.result.Columns[f.figures[0]]
		if len(f.figures) == 1 || c.Type != TypeInteger || c.Hidden > 0 {
			return disclosure.ErrCellTwice
		}
		f.dimensions, f.figures = append(f.dimensions, c.Name.text), f.figures[1:]
		added = append(added, c.Name.text)
	}
}

// totalLabel is the code of the value of a dimension that names a total.
func (f *tableOfFigures) totalLabel(dimension string) (code uint32, ok bool) {
	total := f.m.cellsOf(f.m.columnNamed(dimension)).total
	return uint32(max(total, 0)), total >= 0
}

// rows are the figures of some columns, row by row, without the rows that are
// notes or titles: nothing stands in them where figures are, and not in all
// dimensions either. A column with a figure below 0 is left out.
func (f *tableOfFigures) rows() (rows []uint32, columns []int, shown [][]float64) {
	empty := make([]bool, f.table.Rows())
	for r := range empty {
		empty[r] = true
	}
	for _, i := range f.figures {
		for r, is := range f.blank(i) {
			empty[r] = empty[r] && is
		}
		cells := f.m.cellsOf(i)
		if !slices.ContainsFunc(cells.figures, func(v float64) bool { return v < 0 }) {
			columns, shown = append(columns, i), append(shown, f.m.coded.columns[i].codes.Numbers(cells.figures))
		}
	}
	if len(f.figures) == 1 {
		// A blank may be a hidden cell here; in a note something else is blank too.
		key := make([]bool, len(empty))
		for _, name := range f.dimensions {
			for r, is := range f.blank(f.m.columnNamed(name)) {
				key[r] = key[r] || is
			}
		}
		for r := range empty {
			empty[r] = empty[r] && key[r]
		}
	}
	for r, is := range empty {
		if !is {
			rows = append(rows, uint32(r))
		}
	}
	return rows, columns, shown
}

// blank tells for each row whether the cell of a column is blank.
func (f *tableOfFigures) blank(i int) []bool {
	cells := f.m.cellsOf(i)
	is := make([]float64, len(cells.figures))
	if cells.blank >= 0 {
		is[cells.blank] = 1
	}
	out := make([]bool, f.table.Rows())
	for r, v := range f.m.coded.columns[i].codes.Numbers(is) {
		out[r] = v == 1
	}
	return out
}

// side is the name of the dimension that the columns of figures make beside each
// other. No header has it.
const side = "\x00"

// margins looks for totals, and for the hidden cells that they give away. One of
// the columns of figures may be the total of the others.
func (f *tableOfFigures) margins(ctx context.Context) error {
	if len(f.dimensions) == 0 {
		return nil
	}
	if err := f.apart(ctx); err != nil {
		return err
	}
	rows, figures, shown := f.rows()
	if len(rows) == 0 || len(figures) == 0 {
		return nil
	}
	if int64(len(figures))*int64(len(rows)) > f.m.rules.Figures.Cells {
		return disclosure.ErrCellTwice
	}
	var counts []float64
	var repeated []uint32
	which := new(disclosure.Codes)
	for k := range figures {
		repeated = append(repeated, rows...)
		for _, r := range rows {
			counts = append(counts, shown[k][r])
			which.Append(uint32(k))
		}
	}
	columns := []disclosure.Column{{Name: side, Codes: which}}
	names := []string{side}
	declared := map[string]uint32{}
	for _, name := range f.dimensions {
		codes := f.m.coded.columns[f.m.columnNamed(name)].codes.Pick(repeated)
		columns, names = append(columns, disclosure.Column{Name: name, Codes: codes}), append(names, name)
		if code, ok := f.totalLabel(name); ok && int(code) < codes.Distinct() {
			declared[name] = code
		}
	}
	t, err := disclosure.NewTable(columns...)
	if err != nil {
		return err
	}
	t.Workers, t.Memory = f.table.Workers, f.table.Memory
	found, err := t.Margins(ctx, names, counts, declared)
	if err != nil {
		return err
	}
	out := &Totals{Hidden: found.Suppressed, Recoverable: found.Recoverable - found.Empty, LeftOut: found.Single, Complete: found.Complete}
	for _, total := range found.Totals {
		if total.Column == side {
			out.Beside = true
			continue
		}
		out.Columns = append(out.Columns, Name{text: total.Column})
	}
	f.m.result.Totals = out
	return nil
}

// dominance looks at the cells that the rows of contributors make, and at what
// the largest of them have in each.
func (f *tableOfFigures) dominance(ctx context.Context) error {
	who := f.m.result.Columns[f.m.entity].Name
	same, err := f.table.Dependencies(ctx, append(slices.Clone(f.dimensions), who.text)...)
	if err != nil {
		return err
	}
	// The name of a company beside its number is no dimension.
	f.dimensions = slices.DeleteFunc(f.dimensions, func(n string) bool {
		return slices.Contains(same, disclosure.Dependency{Determinant: n, Dependent: who.text})
	})
	cells, err := f.table.Classes(ctx, f.dimensions...)
	if err != nil {
		return err
	}
	j, v := &f.m.rules.Judgement, f.m.values
	least, estimate, largest, share := v.whole(j.Contributors), v.of(j.Estimate), v.whole(j.Largest), v.of(j.Share)
	for _, i := range f.figures {
		c := &f.m.result.Columns[i]
		of := slices.Clone(f.m.cellsOf(i).figures)
		for k, v := range of {
			if math.IsNaN(v) {
				of[k] = 0
			}
		}
		if slices.ContainsFunc(of, func(v float64) bool { return v < 0 }) {
			f.m.limit(LimitNegative)
			continue
		}
		sums, err := cells.Dominance(f.m.coded.columns[i].codes.Numbers(of), who.text, largest)
		if err != nil {
			return err
		}
		x := Dominance{Column: c.Name, Contributors: who, By: f.m.names(f.dimensions), Cells: sums.Cells,
			Unsafe: sums.Unsafe(largest, 100*share, 100*estimate, least), Few: sums.Few(least), Fewest: sums.Fewest()}
		if sums.Cells > 0 {
			most, closest := sums.MaxShare(largest), sums.Closest()
			x.Share, x.Estimate = &most, &closest
		}
		f.m.result.Dominance = append(f.m.result.Dominance, x)
	}
	return nil
}

// contributors looks at a table that says how many contributors its sums have.
func (f *tableOfFigures) contributors(context.Context) error {
	at := slices.IndexFunc(f.figures, func(i int) bool { return f.m.result.Columns[i].Attribute.text == f.m.rules.Counted })
	if at < 0 {
		return nil
	}
	who := f.m.result.Columns[f.figures[at]].Name
	counts := f.m.coded.columns[f.figures[at]].codes.Numbers(f.m.cellsOf(f.figures[at]).figures)
	least := f.m.values.of(f.m.rules.Judgement.Contributors)
	for _, i := range f.figures {
		if i == f.figures[at] {
			continue
		}
		x := Dominance{Column: f.m.result.Columns[i].Name, Contributors: who, Counted: true, By: f.m.names(f.dimensions)}
		for r, v := range f.m.coded.columns[i].codes.Numbers(f.m.cellsOf(i).figures) {
			if !(v != 0) || math.IsNaN(v) || !(counts[r] > 0) {
				continue
			}
			if x.Cells++; x.Cells == 1 || counts[r] < float64(x.Fewest) {
				x.Fewest = int(counts[r])
			}
			if counts[r] < least {
				x.Few++
				x.Unsafe++
			}
		}
		f.m.result.Dominance = append(f.m.result.Dominance, x)
	}
	return nil
}

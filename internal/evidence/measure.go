// Package evidence measures a data file: what its columns hold, how well it
// tells people apart, and what coarser versions of it would change. What it
// finds is compared with what the steward says of the dataset.
//
// Every value of the file is looked at, and none of them leaves the package:
// see [Result].
package evidence

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"puntari/internal/checklist"
	"puntari/internal/detect"
	"puntari/internal/table"
)

// Options are what the steward or the command line says of the data.
type Options struct {
	// Rows is what a row stands for.
	Rows RowMeaning
	// Quasi and Sensitive name columns; what is suggested is left out when Quasi
	// is given.
	Quasi, Sensitive []string
	// Entity names the column that tells persons apart where one has several rows:
	// then groups are counted in persons.
	Entity string
	// Roles are the roles that the steward has given columns, by name.
	Roles map[string]string
	// Fraction is the share of the population that is in the file; 0 stands for 1.
	Fraction float64
	// SmallestCount is the smallest count that the description says the table has.
	SmallestCount int
	// Goal is the group size to reach with changes; 0 stands for that of the policy,
	// or for sensitive data with SensitiveData.
	Goal          int
	SensitiveData bool
	// Workers is how many goroutines read; 0 is one for each processor. Memory is
	// roughly what codes and groups may take in bytes; 0 stands for 256 MiB.
	// Neither changes a result.
	Workers int
	Memory  int64
	// Progress is told the step (1 to 3), the bytes read, and all of them.
	Progress func(step int, done, total int64)
}

// ErrColumn is wrapped by the error of an option that names no column.
var ErrColumn = errors.New("no such column")

// Measure measures a table.
func Measure(ctx context.Context, f *table.File, c *checklist.Catalogue, o Options) (r *Result, err error) {
	// A panic may carry what stands in a cell; nothing of it is passed on.
	defer func() {
		if recover() != nil {
			r, err = nil, ErrInternal
		}
	}()
	m, err := newMeasurement(f, c, o)
	if err != nil {
		return nil, err
	}
	defer m.close()
	if err := m.read(ctx); err != nil {
		return nil, err
	}
	if err := m.judge(); err != nil {
		return nil, err
	}
	if err := m.digest(ctx); err != nil {
		return nil, err
	}
	if err := m.code(ctx); err != nil {
		return nil, err
	}
	next := m.risk
	if m.result.Rows == RowsAggregate {
		// Rows are no people: groups of them would mean nothing.
		next = m.figures
	}
	if err := next(ctx); err != nil {
		return nil, err
	}
	return m.result, nil
}

// ErrInternal is returned instead of a panic, whose message might hold data.
var ErrInternal = errors.New("the measurement failed inside; nothing of the data is shown")

// measurement is one file on its way to a result.
type measurement struct {
	file     *table.File
	rules    *checklist.Evidence
	values   *values
	judgment *judge
	detector *detect.Detector
	o        Options
	result   *Result

	columns     []*dictionary // exact ones, by column
	numbers     *numbers
	keys        []*possibleKey
	fingerprint *fingerprint
	beyond      detect.Counts
	coded       *coded
	// entity is the column that tells persons apart, or -1.
	entity int
	// twins are the columns that say the same as a quasi-identifier, by its name;
	// led has those that are changed with another one.
	twins map[string][]Name
	led   map[string]bool
	// worst is the order in which columns that are too fine go, once known.
	worst *drops
}

func newMeasurement(f *table.File, c *checklist.Catalogue, o Options) (*measurement, error) {
	v, err := newValues(c)
	if err != nil {
		return nil, err
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory <= 0 {
		o.Memory = 256 << 20
	}
	if o.Fraction == 0 {
		o.Fraction = 1
	}
	if o.Progress == nil {
		o.Progress = func(int, int64, int64) {}
	}
	e := &c.Evidence
	m := &measurement{
		file: f, rules: e, values: v, o: o, judgment: newJudge(c, f.Modified.Year()),
		detector: detect.New(Words(c)),
		result:   &Result{Rows: o.Rows, Fraction: o.Fraction},
	}
	v.used = &m.result.Values
	return m, nil
}

// Words are those by which people and places are recognised.
func Words(c *checklist.Catalogue) detect.Words {
	e := &c.Evidence
	t := &e.Texts
	return detect.Words{Given: e.Names.GivenNames(), Family: e.Names.FamilyNames(), Also: e.Names.AlsoWords(), Streets: e.StreetEnds,
		NameCues: t.NameCues, PlateCues: t.PlateCues, NotNames: t.NotNames}
}

// TotalRows are the words by which rows of totals are recognised.
func TotalRows(c *checklist.Catalogue) *table.TotalRows {
	t := &c.Evidence.Totals
	return &table.TotalRows{Words: t.Words, Proven: t.Proven, Ends: t.Ends}
}

// close takes away what is on disk.
func (m *measurement) close() {
	for _, k := range m.keys {
		k.drop()
	}
	if m.coded != nil {
		_ = m.coded.store.Close() // what it held is of no further use
	}
}

// guarded keeps a panic of another goroutine from printing what it carries.
func guarded(fn func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrInternal
		}
	}()
	return fn()
}

// read looks at every value.
func (m *measurement) read(ctx context.Context) error {
	m.keys, m.fingerprint = m.possibleKeys(), newFingerprint()
	workers := make([][]*collector, m.o.Workers)
	for w := range workers {
		workers[w] = make([]*collector, len(m.file.Columns))
		for i := range workers[w] {
			workers[w][i] = newCollector(m.detector, roomFor(len(m.file.Columns)), m.keys[i])
		}
	}
	beyond := make([]detect.Counts, m.o.Workers)
	m.numbers = &numbers{left: m.o.Memory / 2}
	scratch := make([][]uint16, m.o.Workers)
	stats, err := m.file.Scan(ctx, m.o.Workers, func(n int64) { m.o.Progress(1, n, m.file.Size) }, func(w int, b *table.Block) error {
		return guarded(func() error {
			scratch[w] = slices.Grow(scratch[w][:0], b.Rows)[:b.Rows]
			kept := blockNumbers{w, make([]packed, len(workers[w]))}
			for i, c := range workers[w] {
				if c.take(b.Column(i), scratch[w]) {
					kept.columns[i] = pack(scratch[w], len(c.values.entries))
				}
			}
			m.numbers.keep(b.Seq, kept)
			for _, v := range b.Beyond {
				if v = trim(v); len(v) > 0 {
					m.detector.Scan(v, detect.ClassOf(v), &beyond[w], 1)
				}
			}
			return nil
		})
	}, m.fingerprint)
	if err != nil {
		return err
	}
	for i := range beyond {
		m.beyond.Merge(&beyond[i])
	}
	s := &m.result.Source
	d := m.file.Dialect
	*s = Source{Format: d.Format, Gzip: d.Gzip, Encoding: Encoding{d.Encoding}, Header: d.Header, Titles: d.Titles, Sheet: d.Sheet, Sheets: d.Sheets,
		Bytes: m.file.Size, Rows: stats.Rows, Totals: stats.Totals, Notes: stats.Notes, Ragged: stats.Ragged, Mixed: stats.Foreign > 0, Modified: m.file.Modified}
	for _, r := range d.Delimiter {
		s.Delimiter = r
	}
	if stats.Doubtful > 0 {
		m.limit(LimitTotals)
	}
	for _, g := range d.Guessed {
		s.Guessed = append(s.Guessed, Setting{g})
	}
	return m.merge(workers)
}

// merge puts together what the workers saw of each column.
func (m *measurement) merge(workers [][]*collector) error {
	n := len(m.file.Columns)
	m.columns, m.numbers.final = make([]*dictionary, n), make([][][]uint16, n)
	columns := make([]*merged, n)
	var wg sync.WaitGroup
	var next, failed atomic.Int64
	for range m.o.Workers {
		wg.Go(func() {
			if guarded(func() error {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					all := make([]*collector, len(workers))
					for w := range workers {
						all[w] = workers[w][i]
						workers[w][i] = nil
					}
					columns[i] = mergeColumn(all)
					m.columns[i], m.numbers.final[i] = columns[i].values, columns[i].numbers
				}
				return nil
			}) != nil {
				failed.Add(1)
			}
		})
	}
	wg.Wait()
	if failed.Load() > 0 {
		return ErrInternal
	}
	known := map[string]bool{}
	for name := range m.o.Roles {
		known[name] = true
	}
	guessed := slices.Contains(m.file.Dialect.Guessed, "header")
	given := slices.ContainsFunc(m.file.Columns, func(h string) bool { return m.detector.IsGiven([]byte(strings.TrimSpace(h))) })
	shown := names(m.file.Columns, m.detector, func(i int) bool {
		h := m.file.Columns[i]
		// What comes again among the values was no header, and a single name may
		// be one only where the header was not guessed.
		return guessed && !known[h] && m.file.Dialect.Format != table.Parquet &&
			(m.columns[i].has([]byte(h)) || m.isName(h, given))
	})
	m.result.Columns = make([]Column, n)
	seen := make([]*observation, n)
	for i, x := range columns {
		seen[i] = &x.seen
		m.result.Columns[i] = m.judgment.column(shown[i], &x.seen, x.blank, x.distinct, x.values != nil)
	}
	m.structures(seen)
	for i, x := range columns {
		if rows := m.o.Rows; rows == RowsAggregate || rows == RowsUnknown {
			m.readFigures(&m.result.Columns[i], x.values)
			if x.values == nil {
				m.cells(i, &x.seen)
			}
		}
	}
	return nil
}

// isName tells whether a header is the single name of a person. Family names are
// also words and places; they count beside a given name, as in a row of data.
func (m *measurement) isName(h string, beside bool) bool {
	if !beside {
		return false
	}
	var c detect.Counts
	v := trim([]byte(h))
	if len(v) == 0 {
		return false
	}
	m.detector.Scan(v, detect.ClassOf(v), &c, 1)
	return c[detect.Name].Valid > 0
}

// cells notes the small counts of a column of counts that has too many values for
// a dictionary.
func (m *measurement) cells(i int, o *observation) {
	c := &m.result.Columns[i]
	if c.Type != TypeInteger || o.negative > 0 || !m.mayBeFigures(c) {
		return
	}
	cells := Cells{Column: c.Name, Smallest: int(min(float64(m.smallest()), o.least))}
	for n, count := range o.small {
		if count > 0 {
			cells.count(float64(n), count)
		}
	}
	m.result.Cells = append(m.result.Cells, cells)
}

// limit notes a limit once.
func (m *measurement) limit(l Limit) {
	if !slices.Contains(m.result.Limits, l) {
		m.result.Limits = append(m.result.Limits, l)
		slices.Sort(m.result.Limits)
	}
}

// judge decides which columns are taken together, and notes what limits the
// measurement.
func (m *measurement) judge() error {
	r := m.result
	o := newObservation()
	for k := range detect.Kinds {
		o.counts[k] = m.beyond[k]
		o.filled += m.beyond[k].Shaped + m.beyond[k].Inside
	}
	o.filled = max(o.filled, 1)
	r.Beyond = m.judgment.findings(&o, nil, nil)
	if len(m.o.Quasi) > 0 {
		if err := m.setRoles(m.o.Quasi, QuasiIdentifier); err != nil {
			return err
		}
	}
	if err := m.setRoles(m.o.Sensitive, SensitiveAttribute); err != nil {
		return err
	}
	stated := len(m.o.Quasi) > 0
	for i := range r.Columns {
		c := &r.Columns[i]
		if role := m.o.Roles[c.Name.text]; role != "" && c.Basis != Stated {
			said := parseRole(role)
			// A statement stands unless the content says something graver.
			if c.Basis != ByContent && c.Basis != ByBoth || roleCaution(said) >= roleCaution(c.Role) {
				c.Role, c.Basis = said, Stated
			}
			stated = stated || said == QuasiIdentifier
		}
		if c.Links > m.rules.Limits.LinkShare {
			m.limit(LimitMedia)
		}
	}
	m.chooseQuasi(len(m.o.Quasi) > 0)
	m.limit(LimitNames)
	if !stated {
		m.limit(LimitQuasi)
	}
	if r.Source.Sheets > 1 {
		m.limit(LimitSheets)
	}
	if r.Source.Mixed {
		m.limit(LimitEncoding)
	}
	if r.Rows == RowsUnknown {
		m.limit(LimitRows)
	}
	if r.Rows == RowsEvent && m.o.Entity == "" {
		m.limit(LimitEntity)
	}
	return m.setEntity()
}

// setEntity finds the column that tells persons apart. It is no part of what
// somebody may know.
func (m *measurement) setEntity() error {
	m.entity = -1
	if m.o.Entity == "" {
		return nil
	}
	m.entity = slices.IndexFunc(m.result.Columns, func(c Column) bool { return c.Name.text == m.o.Entity })
	if m.entity < 0 {
		return fmt.Errorf("%w: %s", ErrColumn, m.o.Entity)
	}
	m.result.Columns[m.entity].Quasi = false
	m.result.Entity = m.result.Columns[m.entity].Name
	return nil
}

func (m *measurement) setRoles(columns []string, role Role) error {
	for _, name := range columns {
		i := slices.IndexFunc(m.result.Columns, func(c Column) bool { return c.Name.text == name })
		if i < 0 {
			return fmt.Errorf("%w: %s", ErrColumn, name)
		}
		m.result.Columns[i].Role, m.result.Columns[i].Basis = role, Stated
	}
	return nil
}

// chooseQuasi marks the columns that are taken together.
func (m *measurement) chooseQuasi(only bool) {
	n := 0
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		rows := float64(c.Filled + c.Blank)
		switch {
		case c.Role != QuasiIdentifier, c.Constant, c.FreeText, c.Filled == 0,
			only && c.Basis != Stated,
			c.Basis != Stated && c.Blank > 0 && float64(c.Blank) > m.values.of(m.rules.Judgement.BlankShare)*rows:
			continue
		}
		if n == m.rules.Limits.QuasiIdentifiers {
			m.limit(LimitTooMany)
			return
		}
		c.Quasi = true
		n++
	}
	if n == 0 {
		m.limit(LimitNoQuasi)
	}
}

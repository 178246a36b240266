package disclosure

import (
	"context"
	"maps"
	"slices"
)

// scanned is how many rows of each column are looked at together.
const scanned = 4096

// scan reads columns side by side, wherever their codes are, and gives f the
// codes of some rows at a time, by column.
func scan(ctx context.Context, columns []*Codes, rows int, f func(from int, block [][]uint32) error) error {
	cursors := make([]cursor, len(columns))
	buf, block := make([][]uint32, len(columns)), make([][]uint32, len(columns))
	for i, c := range columns {
		cursors[i].codes, buf[i] = c, make([]uint32, scanned)
	}
	for from := 0; from < rows; from += scanned {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(scanned, rows-from)
		for i := range cursors {
			block[i] = buf[i][:n]
			if err := cursors[i].next(block[i]); err != nil {
				return err
			}
		}
		if err := f(from, block); err != nil {
			return err
		}
	}
	return nil
}

// view is a column, recoded when to is not nil.
type view struct {
	codes *Codes
	to    []uint32
}

// counter counts the classes of views of a table, one after another.
type counter struct {
	partitioner
	table *Table
	// spills tells that the codes or their partitions do not fit into memory, of
	// which this counter may use so much.
	spills bool
	memory int64
}

// counters says how many counters can work side by side on a number of jobs, and
// how to make one.
func (t *Table) counters(jobs int, columns []*Codes) (workers int, state func() *counter) {
	// A recoded column of four bytes a row comes on top.
	workers, err := t.workers(jobs, 2*bytesOf(t.rows)+4*int64(t.rows))
	if err == nil && !onDisk(columns) {
		return workers, func() *counter { return &counter{table: t} }
	}
	memory := t.Memory
	if memory <= 0 {
		memory = spillMemory
	}
	workers = min(t.most(jobs), max(1, int(memory/(2*leastMemory))))
	return workers, func() *counter { return &counter{table: t, spills: true, memory: memory / int64(workers)} }
}

// spillMemory is what counting takes when no limit was set, but codes are on
// disk.
const spillMemory = 256 << 20

func onDisk(columns []*Codes) bool {
	for _, c := range columns {
		if c.OnDisk() {
			return true
		}
	}
	return false
}

// entities counts the classes of the views in the table's entities.
func (c *counter) entities(ctx context.Context, views []view) (*Entities, error) {
	who, err := c.table.selected([]string{c.table.Entity})
	if err != nil {
		return nil, err
	}
	if all := append(codesOfViews(views), who...); c.spills || onDisk(all) {
		return nil, c.table.tooLarge(all)
	}
	c.least = 2
	p, err := c.partition(ctx, c.table.rows, recoded(views))
	if err != nil {
		return nil, err
	}
	return p.entities(c.table.Entity, who[0]), nil
}

func codesOfViews(views []view) []*Codes {
	out := make([]*Codes, len(views))
	for i, v := range views {
		out[i] = v.codes
	}
	return out
}

// count is the class sizes of the table on the views, in entities when it has any.
func (c *counter) count(ctx context.Context, views []view) (Histogram, error) {
	others, last := narrowest(views)
	all, err := c.counts(ctx, others, []view{last})
	if err != nil {
		return nil, err
	}
	return all[0].Histogram, nil
}

// narrowest takes the view with the fewest values out. By that column the classes
// need only be counted.
func narrowest(views []view) (others []view, last view) {
	if len(views) == 0 {
		return nil, view{}
	}
	at := 0
	for i, v := range views {
		if v.values() < views[at].values() {
			at = i
		}
	}
	return slices.Delete(slices.Clone(views), at, at+1), views[at]
}

// counts is the class sizes on some views and each of further ones, in entities
// when the table has any. A view without codes is no column.
func (c *counter) counts(ctx context.Context, others, of []view) ([]Effect, error) {
	out := make([]Effect, len(of))
	if c.spills || c.table.Entity != "" {
		for i, v := range of {
			var err error
			if out[i], err = c.single(ctx, with(others, v)); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	p, err := c.shared(ctx, others, 2, c.table.rows)
	if err != nil {
		return nil, err
	}
	for i, v := range of {
		s, err := c.splitBy(ctx, p, v)
		if err != nil {
			return nil, err
		}
		s.small[1] += p.uniques
		out[i].Histogram = s.histogram()
	}
	return out, nil
}

// single is the class sizes on views, by themselves.
func (c *counter) single(ctx context.Context, views []view) (x Effect, err error) {
	if c.table.Entity == "" {
		x.Histogram, err = c.spilled(ctx, views)
		return x, err
	}
	if x.Entities, err = c.entities(ctx, views); err == nil {
		x.Histogram = x.Entities.Histogram
	}
	return x, err
}

// with are views and one more, if it is a column.
func with(others []view, v view) []view {
	if v.codes == nil {
		return others
	}
	return append(slices.Clone(others), v)
}

// shared is the partition by columns that several counts have in common. Rows in
// classes of fewer than least are dropped, and it stops when they are more than
// most.
func (c *counter) shared(ctx context.Context, others []view, least uint32, most int) (*partition, error) {
	c.least = least
	if len(others) == 0 {
		return &partition{whole: true, n: c.table.rows}, nil
	}
	return c.upTo(ctx, c.table.rows, recoded(others), most)
}

// splitBy is the sizes of the classes that a partition has kept, split by a view.
func (c *counter) splitBy(ctx context.Context, p *partition, v view) (*sizes, error) {
	if v.codes == nil {
		return p.sizes(), nil
	}
	return c.split(ctx, p, v.recoded())
}

func recoded(views []view) []*Codes {
	columns := make([]*Codes, len(views))
	for i, v := range views {
		columns[i] = v.recoded()
	}
	return columns
}

// values is how many different values a view has at most.
func (v view) values() int {
	if v.to == nil {
		return v.codes.Distinct()
	}
	return int(slices.Max(v.to)) + 1
}

// recoded is the codes of the view.
func (v view) recoded() *Codes {
	if v.to == nil {
		return v.codes
	}
	return v.codes.Recode(v.to)
}

// below is for each of the views of one column, beside others, the number of
// records in classes of fewer than k, or, when that is more than most, some number
// above most.
func (c *counter) below(ctx context.Context, others, of []view, k, most int) ([]int, error) {
	out := make([]int, len(of))
	if c.spills || c.table.Entity != "" || k < 2 || int64(k) > int64(c.table.rows) {
		all, err := c.counts(ctx, others, of)
		for i, x := range all {
			out[i] = x.Histogram.Below(k)
		}
		return out, err
	}
	// A single column often tells already, and its frequencies are known.
	least := 0
	for _, v := range others {
		least = max(least, v.below(k))
	}
	var p *partition
	for i, v := range of {
		if out[i] = max(least, v.below(k)); out[i] > most {
			continue
		}
		if p == nil {
			var err error
			if p, err = c.shared(ctx, others, uint32(k), most); err != nil {
				return nil, err
			}
		}
		if out[i] = p.uniques; out[i] > most {
			continue
		}
		s, err := c.splitBy(ctx, p, v)
		if err != nil {
			return nil, err
		}
		out[i] += s.below(uint32(k))
	}
	return out, nil
}

// below is the number of records in classes of fewer than k by the one column.
func (v view) below(k int) int {
	if v.codes == nil {
		return 0
	}
	frequency := v.codes.frequency
	if v.to != nil {
		merged := make(map[uint32]uint32)
		for code, n := range frequency {
			merged[v.to[code]] += n
		}
		frequency = slices.Collect(maps.Values(merged))
	}
	records := 0
	for _, n := range frequency {
		if int64(n) < int64(k) {
			records += int(n)
		}
	}
	return records
}

// spilled counts digests of the rows.
func (c *counter) spilled(ctx context.Context, views []view) (_ Histogram, err error) {
	if len(views) == 0 {
		return Histogram{{Size: c.table.rows, Classes: 1}}, nil
	}
	columns := make([]*Codes, len(views))
	for i, v := range views {
		columns[i] = v.codes
	}
	s, key := NewSpill(c.table.Scratch, c.memory), NewKey()
	defer func() {
		if e := s.Close(); err == nil {
			err = e
		}
	}()
	w := s.Writer()
	row := make([]uint32, len(views))
	err = scan(ctx, columns, c.table.rows, func(_ int, block [][]uint32) error {
		for r := range block[0] {
			for i, v := range views {
				row[i] = block[i][r]
				if v.to != nil {
					row[i] = v.to[row[i]]
				}
			}
			if err := w.Add(key.Of(row...)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	return s.Histogram(ctx, 1)
}

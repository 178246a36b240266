package evidence

import (
	"context"
	"sync"
	"sync/atomic"

	"puntari/internal/checklist"
	"puntari/internal/disclosure"
	"puntari/internal/table"
)

// coded is the columns as codes, in the order of the rows.
type coded struct {
	columns map[int]*codedColumn
	// store takes codes that outgrow the memory.
	store *disclosure.Store
	// left is how many more values the wide columns may have together.
	left  atomic.Int64
	table *disclosure.Table
}

// codedColumn is one column as codes.
type codedColumn struct {
	index int
	codes *disclosure.Codes
	// known is the dictionary of a column with few values, whose numbers are the
	// codes. Columns with more are coded by digests.
	known *dictionary
	mu    sync.Mutex
	wide  *wideTable
	// full tells that there were too many values.
	full bool
	// recodings are the changes of a column with many values, made on the way.
	recodings []*recoder
	// totals tells that the rows of totals are coded too.
	totals bool
}

// recoder numbers the coarser values of a column, or without a rule reads its
// figures.
type recoder struct {
	rule *checklist.Recoding
	of   map[string]uint32
	to   []uint32
	read *cellReader
}

func newRecoder(rule *checklist.Recoding) *recoder {
	return &recoder{rule: rule, of: map[string]uint32{}}
}

// add gives the next code of the column its new code.
func (r *recoder) add(v []byte) {
	if r.rule == nil {
		r.read.add(v)
		return
	}
	s := string(coarser(v, r.rule))
	n, ok := r.of[s]
	if !ok {
		n = uint32(len(r.of))
		r.of[s] = n
	}
	r.to = append(r.to, n)
}

// code makes the codes of the columns that are taken together, and counts the
// different values of those that may be keys. It reads the file again where the
// numbers kept are not enough.
func (m *measurement) code(ctx context.Context) error {
	c := &coded{columns: map[int]*codedColumn{}, store: disclosure.NewStore("", m.o.Memory/2)}
	m.coded = c
	keys, uncounted := map[int]*disclosure.Spill{}, map[int]*disclosure.Spill{}
	for i := range m.result.Columns {
		col := &m.result.Columns[i]
		if col.Quasi || i == m.entity || col.Role == SensitiveAttribute && !col.FreeText && col.Filled > 0 || m.inTable(i) || m.mayBeTwin(i) {
			c.columns[i] = m.codedColumn(i)
		}
		if !m.isKey(col) {
			m.keys[i].drop()
		} else if keys[i] = m.keys[i].all(); keys[i] == nil {
			keys[i] = disclosure.NewSpill("", m.o.Memory/16)
			uncounted[i] = keys[i]
		}
	}
	if len(c.columns)+len(keys) == 0 {
		return nil
	}
	defer func() {
		for _, s := range keys {
			_ = s.Close() // what it held is of no further use
		}
	}()
	// The columns with many values share half of the memory.
	c.left.Store(m.o.Memory / 2 / wideBytes)
	if !m.again(uncounted) {
		m.codeNumbers()
	} else if err := m.codeRows(ctx, uncounted); err != nil {
		return err
	}
	m.numbers = nil
	for i, s := range keys {
		h, err := s.Histogram(ctx, m.o.Workers)
		if err != nil {
			return err
		}
		col := &m.result.Columns[i]
		col.Distinct, col.Exact = int64(h.Classes()), true
		col.Unique = col.Distinct == col.Filled && col.Blank == 0
	}
	for i, x := range c.columns {
		if x.full {
			delete(c.columns, i)
			m.limit(LimitWide)
		}
		x.wide = nil
	}
	return nil
}

// codedColumn prepares the coding of a column.
func (m *measurement) codedColumn(i int) *codedColumn {
	x := &codedColumn{index: i, codes: m.coded.store.Codes(), known: m.columns[i]}
	if m.inTable(i) {
		// The rows of totals have values that no other has.
		x.known, x.totals = nil, m.entity < 0
		x.recodings = []*recoder{{read: m.newCellReader()}}
	} else if m.columns[i] == nil {
		x.recodings = m.recodersOf(&m.result.Columns[i])
		if c := &m.result.Columns[i]; c.Role == SensitiveAttribute && numeric(c) {
			x.recodings = append(x.recodings, &recoder{read: m.newCellReader()})
		}
	}
	if x.known == nil {
		x.wide = newWideTable()
	}
	return x
}

// again tells whether the file has to be read again for the codes.
func (m *measurement) again(keys map[int]*disclosure.Spill) bool {
	if len(keys) > 0 || m.numbers.blocks == nil {
		return true
	}
	for _, x := range m.coded.columns {
		if x.known == nil {
			return true
		}
	}
	return false
}

// append adds the codes of a block to the columns, after the blocks before it.
func (c *coded) append(rows rowCodes) {
	for i, codes := range rows {
		c.columns[i].codes.Append(codes...)
	}
}

// codeNumbers makes the codes of the numbers that were kept.
func (m *measurement) codeNumbers() {
	for seq := range m.numbers.blocks {
		rows := rowCodes{}
		for i := range m.coded.columns {
			rows[i], _ = m.numbers.codes(seq, i)
		}
		m.coded.append(rows)
		m.numbers.forget(seq)
	}
}

// rowCodes are the codes of a block, waiting for the blocks before it.
type rowCodes map[int][]uint32

func (m *measurement) codeRows(ctx context.Context, keys map[int]*disclosure.Spill) error {
	key := disclosure.NewKey()
	writers := make([]map[int]*disclosure.Writer, m.o.Workers)
	for w := range writers {
		writers[w] = map[int]*disclosure.Writer{}
		for i, s := range keys {
			writers[w][i] = s.Writer()
		}
	}
	var mu sync.Mutex
	next, waiting := 0, map[int]rowCodes{}
	_, err := m.file.Scan(ctx, m.o.Workers, func(n int64) { m.o.Progress(3, n, m.file.Size) }, func(w int, b *table.Block) error {
		return guarded(func() error {
			rows := rowCodes{}
			for i, x := range m.coded.columns {
				kept := false
				if x.known != nil {
					rows[i], kept = m.numbers.codes(b.Seq, i)
				}
				if !kept {
					rows[i] = x.block(b, &m.coded.left)
				}
			}
			for i, out := range writers[w] {
				for r := range b.Rows {
					if v := trim(b.Column(i).At(r)); len(v) > 0 {
						if err := out.Add(key.OfBytes(v)); err != nil {
							return err
						}
					}
				}
			}
			mu.Lock()
			defer mu.Unlock()
			waiting[b.Seq] = rows
			for waiting[next] != nil {
				m.coded.append(waiting[next])
				m.numbers.forget(next)
				delete(waiting, next)
				next++
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, all := range writers {
		for _, w := range all {
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// block codes a column of a block. left is how many more values there may be.
func (x *codedColumn) block(b *table.Block, left *atomic.Int64) []uint32 {
	rows := b.Rows
	if x.totals {
		rows += len(b.Totals)
	}
	out := make([]uint32, rows)
	if x.known != nil {
		for r := range out {
			out[r] = x.known.find(trim(b.Column(x.index).At(r)))
		}
		return out
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.full {
		return out
	}
	for r := range out {
		v := trim(b.Column(x.index).At(r))
		n, fresh := x.wide.code(v)
		out[r] = n
		if !fresh {
			continue
		}
		if left.Add(-1) < 0 {
			left.Add(int64(x.wide.n)) // the others may use its share
			x.full, x.wide, x.recodings = true, nil, nil
			return out
		}
		for _, rec := range x.recodings {
			rec.add(v)
		}
	}
	return out
}

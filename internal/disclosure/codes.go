package disclosure

import (
	"encoding/binary"
	"sync/atomic"
)

// Codes holds one code for each row of a column, in one, two or four bytes a
// row, whichever the largest code needs. Equal values have equal codes; which
// code stands for which value is known to the reader of the file alone. Codes
// are dense: 0 up to the number of distinct values less one. The zero value is
// an empty column in memory; see Store for one that may go to disk.
//
// The width is why few files need the disk: sex, year, municipality and postal
// code take one or two bytes a row, so that sixteen quasi-identifiers of 3.4
// million rows (1 GB of CSV) take some 80 MB.
type Codes struct {
	one  []uint8
	two  []uint16
	four []uint32
	// frequency is the number of rows of each code.
	frequency []uint32

	store *Store
	// stored are the blocks on disk, of the rows before those in memory.
	stored     []storedCodes
	storedRows int
	counted    int64
	err        error
}

// code is the width of a stored code.
type code interface{ uint8 | uint16 | uint32 }

// storedCodes is a block of codes on disk.
type storedCodes struct {
	at    int64
	rows  int32
	width int32
}

// Store takes the codes of columns that together outgrow an amount of memory.
// They then go to one temporary file, encrypted with a key that is only in
// memory. It serves columns that are appended to by different goroutines.
type Store struct {
	memory int64
	used   atomic.Int64
	full   atomic.Bool
	file   scratch
}

// NewStore makes a store. parent is where its folder is made, the system's
// folder for temporary files when empty; memory is how many bytes the codes of
// its columns may take in memory. Close it after the last measurement.
func NewStore(parent string, memory int64) *Store {
	return &Store{file: scratch{parent: parent}, memory: memory}
}

// Codes makes an empty column that may go to disk.
func (s *Store) Codes() *Codes { return &Codes{store: s} }

// Close removes what is on disk.
func (s *Store) Close() error { return s.file.close() }

// storedAtOnce is how many rows a block on disk has.
const storedAtOnce = 1 << 15

// Append adds the codes of further rows. It is not safe for concurrent use. An
// error of writing to disk is kept for NewTable to report.
func (c *Codes) Append(codes ...uint32) {
	if c.err != nil {
		return
	}
	top := len(c.frequency)
	for _, v := range codes {
		top = max(top, int(v)+1)
	}
	if top > len(c.frequency) {
		c.frequency = append(c.frequency, make([]uint32, top-len(c.frequency))...)
	}
	for _, v := range codes {
		c.frequency[v]++
	}
	held := c.held()
	switch {
	case c.four == nil && top > 1<<16:
		c.four = make([]uint32, 0, held+max(held/4, len(codes)))
		c.four = widen(widen(c.four, c.one), c.two)
		c.one, c.two = nil, nil
	case c.two == nil && c.four == nil && top > 1<<8:
		c.two = make([]uint16, 0, held+max(held/4, len(codes)))
		c.two = widen(c.two, c.one)
		c.one = nil
	}
	switch {
	case c.four != nil:
		c.four = append(c.four, codes...)
	case c.two != nil:
		c.two = widen(c.two, codes)
	default:
		c.one = widen(c.one, codes)
	}
	if c.store != nil {
		c.err = c.spill()
	}
}

// spill counts what the column holds, and writes it when all columns together
// hold too much.
func (c *Codes) spill() error {
	account := func() {
		now := c.Bytes()
		if c.store.used.Add(now-c.counted) > c.store.memory {
			c.store.full.Store(true)
		}
		c.counted = now
	}
	account()
	if !c.store.full.Load() || c.held() < storedAtOnce && len(c.stored) > 0 {
		return nil
	}
	width := c.width()
	buf := make([]byte, 0, storedAtOnce*width)
	held := c.held()
	for from := 0; from < held; from += storedAtOnce {
		to := min(from+storedAtOnce, held)
		buf = buf[:0]
		for i := from; i < to; i++ {
			switch v := c.at(i); width {
			case 1:
				buf = append(buf, byte(v))
			case 2:
				buf = binary.LittleEndian.AppendUint16(buf, uint16(v))
			default:
				buf = binary.LittleEndian.AppendUint32(buf, v)
			}
		}
		at, err := c.store.file.write(buf)
		if err != nil {
			return err
		}
		c.stored = append(c.stored, storedCodes{at, int32(to - from), int32(width)})
		c.storedRows += to - from
	}
	if len(c.stored) == (held+storedAtOnce-1)/storedAtOnce {
		// The first time, what was held was large.
		c.one, c.two, c.four = nil, shrunk(c.two), shrunk(c.four)
	} else {
		c.one, c.two, c.four = c.one[:0], c.two[:0], c.four[:0]
	}
	account()
	return nil
}

// shrunk keeps the width and lets go of the memory.
func shrunk[T code](codes []T) []T {
	if codes == nil {
		return nil
	}
	return []T{}
}

func (c *Codes) width() int {
	switch {
	case c.four != nil:
		return 4
	case c.two != nil:
		return 2
	}
	return 1
}

// widen appends codes of another width. Narrowing loses nothing here: the width
// of the target was chosen for the largest code.
func widen[T, F code](to []T, from []F) []T {
	for _, v := range from {
		to = append(to, T(v))
	}
	return to
}

// at is the code of a row in memory.
func (c *Codes) at(row int) uint32 {
	switch {
	case c.four != nil:
		return c.four[row]
	case c.two != nil:
		return uint32(c.two[row])
	}
	return uint32(c.one[row])
}

// held is the number of rows in memory.
func (c *Codes) held() int { return len(c.one) + len(c.two) + len(c.four) }

// Len is the number of rows.
func (c *Codes) Len() int { return c.storedRows + c.held() }

// Distinct is the largest code plus one: the number of distinct values when
// every code is used.
func (c *Codes) Distinct() int { return len(c.frequency) }

// Bytes is the memory that the codes take.
func (c *Codes) Bytes() int64 {
	return int64(cap(c.one)) + 2*int64(cap(c.two)) + 4*int64(cap(c.four)) + 4*int64(cap(c.frequency))
}

// OnDisk tells whether codes of the column are on disk. They are then read in
// order only: classes are counted with a Spill, and what needs to know the
// members of each class cannot be measured.
func (c *Codes) OnDisk() bool { return len(c.stored) > 0 }

// Recode gives the column with code i replaced by to[i], which has a place for
// every code. The column is in memory.
func (c *Codes) Recode(to []uint32) *Codes {
	out := new(Codes)
	var block [4096]uint32
	for from := 0; from < c.held(); from += len(block) {
		b := block[:min(len(block), c.held()-from)]
		for i := range b {
			b[i] = to[c.at(from+i)]
		}
		out.Append(b...)
	}
	return out
}

// cursor reads a column from its first row on, wherever the codes are.
type cursor struct {
	codes *Codes
	// block is the next block on disk, raw what is left of the one before.
	block int
	raw   []byte
	width int
	buf   []byte
	// row is the next row in memory.
	row int
}

// next fills out with the codes of the next rows, of which there are enough.
func (r *cursor) next(out []uint32) error {
	for len(out) > 0 {
		if len(r.raw) == 0 && r.block < len(r.codes.stored) {
			b := r.codes.stored[r.block]
			r.block++
			r.width = int(b.width)
			if r.buf == nil {
				r.buf = make([]byte, 4*storedAtOnce)
			}
			r.raw = r.buf[:int(b.rows)*r.width]
			if err := r.codes.store.file.read(r.raw, b.at); err != nil {
				return err
			}
		}
		if len(r.raw) == 0 {
			for i := range out {
				out[i] = r.codes.at(r.row + i)
			}
			r.row += len(out)
			return nil
		}
		n := min(len(out), len(r.raw)/r.width)
		for i := range out[:n] {
			switch r.width {
			case 1:
				out[i] = uint32(r.raw[i])
			case 2:
				out[i] = uint32(binary.LittleEndian.Uint16(r.raw[2*i:]))
			default:
				out[i] = binary.LittleEndian.Uint32(r.raw[4*i:])
			}
		}
		r.raw, out = r.raw[n*r.width:], out[n:]
	}
	return nil
}

// Pick gives the column of the rows listed, in that order; a row may be listed
// several times. The column is in memory.
func (c *Codes) Pick(rows []uint32) *Codes {
	out := new(Codes)
	var block [4096]uint32
	for from := 0; from < len(rows); from += len(block) {
		b := block[:min(len(block), len(rows)-from)]
		for i := range b {
			b[i] = c.at(int(rows[from+i]))
		}
		out.Append(b...)
	}
	return out
}

// Numbers gives a number for each row, of[i] for the rows with code i, which has
// a place for every code. The column is in memory.
func (c *Codes) Numbers(of []float64) []float64 {
	out := make([]float64, c.held())
	for i := range out {
		out[i] = of[c.at(i)]
	}
	return out
}

package disclosure

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
)

// Spill counts equivalence classes when there are more records than codes fit
// into memory, and exact numbers of distinct values. Digests are kept in memory
// up to a limit and beyond it in one temporary file, encrypted and parted by
// their leading bits, so that each part can be counted by itself.
type Spill struct {
	memory int64

	mu     sync.Mutex
	closed bool
	err    error
	// held are the digests in memory, by part; records is how many were added.
	held    [parts][]Digest
	records int
	// spilled tells that digests are in the file, and chunks where those of a part
	// are.
	spilled bool
	file    scratch
	chunks  [parts][]chunk
}

// chunk is a stretch of the file.
type chunk struct {
	at int64
	n  int32
}

const (
	// parts is the number of parts: 256 split 10^9 records into tables of some 4
	// million.
	parts = 256
	// buffered is how many digests a writer holds for a part: 2 MiB in all.
	buffered = 512
	// size is the bytes of a digest.
	size = 16
	// entry is the bytes of a place in the table that counts.
	entry = size + 8
	// leastMemory is what a spill works with at least.
	leastMemory = 8 << 20
)

// ErrClosed is the error of a Spill that has been closed.
var ErrClosed = errors.New("the spill is closed")

// NewSpill makes a spill. parent is where its folder is made, the system's
// folder for temporary files when empty. memory is how many bytes it may take,
// at least 8 MiB, beside 2 MiB for each writer. Close it.
func NewSpill(parent string, memory int64) *Spill {
	return &Spill{file: scratch{parent: parent}, memory: max(memory, leastMemory)}
}

// Writer adds digests to a spill. It serves one goroutine.
type Writer struct {
	spill *Spill
	parts [parts][]Digest
}

// Writer makes a writer. There can be several at once.
func (s *Spill) Writer() *Writer { return &Writer{spill: s} }

// Add adds a record. The error is the first that writing to disk met.
func (w *Writer) Add(d Digest) error {
	p := d.High >> 56
	if w.parts[p] == nil {
		w.parts[p] = make([]Digest, 0, buffered)
	}
	w.parts[p] = append(w.parts[p], d)
	if len(w.parts[p]) < buffered {
		return nil
	}
	return w.hand(p)
}

// Flush hands on what the writer still holds. Call it before counting.
func (w *Writer) Flush() error {
	for p := range uint64(parts) {
		if len(w.parts[p]) > 0 {
			if err := w.hand(p); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *Writer) hand(p uint64) error {
	s := w.spill
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	if s.err == nil {
		s.err = s.take(p, w.parts[p])
	}
	w.parts[p] = w.parts[p][:0]
	return s.err
}

func (s *Spill) take(p uint64, digests []Digest) error {
	s.records += len(digests)
	if s.spilled {
		return s.write(p, digests)
	}
	// Half is for counting, and appending may hold twice what is needed.
	if int64(s.records)*size <= s.memory/4 {
		s.held[p] = append(s.held[p], digests...)
		return nil
	}
	s.spilled = true
	for part, held := range s.held {
		if err := s.write(uint64(part), held); err != nil {
			return err
		}
		s.held[part] = nil
	}
	return s.write(p, digests)
}

func (s *Spill) write(p uint64, digests []Digest) error {
	var buf [buffered * size]byte
	for len(digests) > 0 {
		n := min(len(digests), buffered)
		for i, d := range digests[:n] {
			binary.LittleEndian.PutUint64(buf[i*size:], d.High)
			binary.LittleEndian.PutUint64(buf[i*size+8:], d.Low)
		}
		at, err := s.file.write(buf[:n*size])
		if err != nil {
			return err
		}
		s.chunks[p] = append(s.chunks[p], chunk{at, int32(n)})
		digests = digests[n:]
	}
	return nil
}

// Histogram counts the classes of the records handed on. Exact but for the
// chance that two digests are the same by accident, see Digest. workers is how
// many parts are counted at once; they share the memory. A part with more
// distinct digests than fit is counted in several rounds.
func (s *Spill) Histogram(ctx context.Context, workers int) (Histogram, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return nil, ErrClosed
	case s.err != nil:
		return nil, s.err
	}
	workers = max(1, min(workers, parts, int(s.memory/leastMemory)))
	// A table grows by doubling and needs the old one meanwhile.
	limit := int(s.memory / 2 / int64(workers) / entry * 2 / 3)
	sizes := make([]map[int]int, parts)
	state := func() *table { return &table{limit: limit} }
	err := parallel(ctx, workers, parts, state, func(ctx context.Context, t *table, p int) error {
		sizes[p] = map[int]int{}
		return s.count(ctx, t, p, 0, 0, sizes[p])
	})
	if err != nil {
		return nil, err
	}
	all := map[int]int{}
	for _, of := range sizes {
		for size, n := range of {
			all[size] += n
		}
	}
	return newHistogram(all), nil
}

// count counts the digests of a part whose bits after the first eight begin with
// the given ones, and halves them when the table gets full.
func (s *Spill) count(ctx context.Context, t *table, p int, depth uint, begin uint64, sizes map[int]int) error {
	t.reset()
	full := false
	err := s.read(ctx, p, func(digests []Digest) bool {
		for _, d := range digests {
			if d.High<<8>>1>>(63-depth) == begin && !t.add(d) {
				full = true
				return false
			}
		}
		return true
	})
	if err != nil {
		return err
	}
	if full {
		if err := s.count(ctx, t, p, depth+1, begin<<1, sizes); err != nil {
			return err
		}
		return s.count(ctx, t, p, depth+1, begin<<1|1, sizes)
	}
	for _, n := range t.counts {
		if n > 0 {
			sizes[int(n)]++
		}
	}
	return nil
}

// read gives the digests of a part to f until it wants no more.
func (s *Spill) read(ctx context.Context, p int, f func([]Digest) bool) error {
	if len(s.held[p]) > 0 && !f(s.held[p]) {
		return nil
	}
	var buf [buffered * size]byte
	var digests [buffered]Digest
	for _, c := range s.chunks[p] {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.file.read(buf[:int(c.n)*size], c.at); err != nil {
			return err
		}
		for i := range digests[:c.n] {
			digests[i] = Digest{binary.LittleEndian.Uint64(buf[i*size:]), binary.LittleEndian.Uint64(buf[i*size+8:])}
		}
		if !f(digests[:c.n]) {
			return nil
		}
	}
	return nil
}

// Close forgets the digests and removes what is on disk. It can be called twice.
func (s *Spill) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.held, s.chunks = [parts][]Digest{}, [parts][]chunk{}
	return s.file.close()
}

// table counts digests, by open addressing. A place with count 0 is free.
type table struct {
	digests []Digest
	counts  []uint64
	used    int
	// limit is the most places.
	limit int
}

func (t *table) reset() {
	clear(t.counts)
	t.used = 0
}

// add counts a digest; false when there is no place for a new one.
func (t *table) add(d Digest) bool {
	if t.used*4 >= len(t.counts)*3 && !t.grow() {
		// Full, but known ones can be counted still.
		at := t.find(d)
		if t.counts[at] == 0 {
			return false
		}
		t.counts[at]++
		return true
	}
	at := t.find(d)
	if t.counts[at] == 0 {
		t.digests[at] = d
		t.used++
	}
	t.counts[at]++
	return true
}

// find is the place of a digest, or the free one where it goes. The leading bits
// are those of the part.
func (t *table) find(d Digest) uint64 {
	mask := uint64(len(t.counts) - 1)
	at := d.Low & mask
	for t.counts[at] != 0 && t.digests[at] != d {
		at = (at + 1) & mask
	}
	return at
}

func (t *table) grow() bool {
	places := max(1<<10, 2*len(t.counts))
	if places > t.limit && len(t.counts) > 0 {
		return false
	}
	old := *t
	t.digests, t.counts = make([]Digest, places), make([]uint64, places)
	for i, n := range old.counts {
		if n > 0 {
			at := t.find(old.digests[i])
			t.digests[at], t.counts[at] = old.digests[i], n
		}
	}
	return true
}

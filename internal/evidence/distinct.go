package evidence

import (
	"bytes"
	"hash/maphash"
	"math"
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// dictionaryLimit is how many different values of a column are told apart one
// by one at most. Up to it the number of distinct values is exact.
const dictionaryLimit = 1<<16 - 1

// seed keys the hash of the dictionaries; no result depends on it.
var seed = maphash.MakeSeed()

// dictionary numbers the different values of a column. It tells values apart by
// a hash of 64 bits whose key is random in every run: among 65,535 values two have
// the same with a probability of 10^-10. Comparing the bytes as well would cost
// as much again, since they are seldom in the processor's cache.
type dictionary struct {
	slots   []slot
	entries []entry
	text    []byte
	room    room
}

// room is how many values a dictionary may have, and how long they may be
// together. It follows from the number of columns alone, so that results depend
// neither on the workers nor on the memory.
type room struct{ values, text int }

// roomFor is the room for each of so many columns: together 256 MiB for two
// workers, at most what codes of two bytes can number.
func roomFor(columns int) room {
	const together, workers, perValue = 256 << 20, 2, 64
	share := together / workers / max(1, columns)
	return room{values: min(dictionaryLimit, max(1024, share/perValue)), text: min(32<<20, max(64<<10, share/2))}
}

// slot is a place of the hash table; index is one more than the number of the
// entry, and 0 for an empty place. Four slots fit into a cache line.
type slot struct {
	hash  uint64
	index uint32
	count uint32
}

// entry is where a value is in the text, and how often it came beside what its
// slot has counted.
type entry struct {
	from, to uint32
	count    int64
	hash     uint64
}

func newDictionary(r room) *dictionary { return &dictionary{slots: make([]slot, 64), room: r} }

// hashOf is the hash of a value.
func hashOf(v []byte) uint64 { return maphash.Bytes(seed, v) }

// at is the place of a hash, or the empty one where it goes.
func (d *dictionary) at(h uint64) *slot {
	mask := uint64(len(d.slots) - 1)
	p := h & mask
	for d.slots[p].hash != h && d.slots[p].index > 0 {
		p = (p + 1) & mask
	}
	return &d.slots[p]
}

// count counts a value by its hash and returns its number, if it is known.
func (d *dictionary) count(h uint64) (i uint32, known bool) {
	s := d.at(h)
	if s.index == 0 {
		return 0, false
	}
	if s.count++; s.count == math.MaxUint32 {
		d.entries[s.index-1].count += math.MaxUint32
		s.count = 0
	}
	return s.index - 1, true
}

// insert adds a value that is not known, which has come once. ok is false when
// there are too many values; the dictionary is then of no further use.
func (d *dictionary) insert(h uint64, v []byte) (i uint32, ok bool) {
	if len(d.entries) >= d.room.values || len(d.text)+len(v) > d.room.text {
		return 0, false
	}
	from := uint32(len(d.text))
	d.text = append(d.text, v...)
	d.entries = append(d.entries, entry{from: from, to: uint32(len(d.text)), hash: h})
	*d.at(h) = slot{h, uint32(len(d.entries)), 1}
	if len(d.entries)*2 > len(d.slots) {
		d.grow()
	}
	return uint32(len(d.entries) - 1), true
}

func (d *dictionary) grow() {
	old := d.slots
	d.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.index > 0 {
			*d.at(s.hash) = s
		}
	}
}

// settle moves what the slots have counted to the entries.
func (d *dictionary) settle() {
	for i := range d.slots {
		if s := &d.slots[i]; s.index > 0 {
			d.entries[s.index-1].count += int64(s.count)
			s.count = 0
		}
	}
}

func (d *dictionary) value(i int) []byte { return d.text[d.entries[i].from:d.entries[i].to] }

// find returns the number of a value that is in the dictionary. It changes
// nothing, so that several goroutines may ask at once.
func (d *dictionary) find(v []byte) uint32 {
	s := d.at(hashOf(v))
	if s.index == 0 {
		panic("a value is there that was not when the file was read before")
	}
	return s.index - 1
}

// has tells whether a value is in the dictionary.
func (d *dictionary) has(v []byte) bool {
	return d != nil && len(v) > 0 && d.at(hashOf(v)).index > 0
}

// sketch estimates how many different values there are (HyperLogLog, Flajolet et
// al. 2007) with 4096 registers, standard error 1.04/64 = 1.6 %; few values are
// counted by the registers that are still empty. These lines are all that a library
// would do here. The hash is not keyed, so that the estimate
// is the same in every run; the registers never leave the process.
type sketch [4096]uint8

func (s *sketch) add(v []byte) {
	h := xxhash.Sum64(v)
	r := uint8(bits.LeadingZeros64(h<<12|1<<11) + 1)
	if i := h >> 52; s[i] < r {
		s[i] = r
	}
}

func (s *sketch) merge(o *sketch) {
	for i, r := range o {
		s[i] = max(s[i], r)
	}
}

func (s *sketch) estimate() int64 {
	const m = float64(len(s))
	sum := 0.0
	empty := 0
	for _, r := range s {
		sum += math.Ldexp(1, -int(r))
		if r == 0 {
			empty++
		}
	}
	e := 0.7213 / (1 + 1.079/m) * m * m / sum
	if e <= 2.5*m && empty > 0 {
		e = m * math.Log(m/float64(empty))
	}
	return int64(math.Round(e))
}

// union puts the dictionaries of the workers together, with the values in the
// order of their bytes, so that codes do not depend on the workers. numbers has
// for each of them the new number of each value. Both are nil when there are too
// many values.
func union(all []*dictionary) (_ *dictionary, numbers [][]uint16) {
	whole := newDictionary(all[0].room)
	for _, d := range all {
		d.settle()
		of := make([]uint16, len(d.entries))
		for i, e := range d.entries {
			n, ok := whole.count(e.hash)
			if !ok {
				if n, ok = whole.insert(e.hash, d.value(i)); !ok {
					return nil, nil
				}
			}
			whole.entries[n].count += e.count - 1
			of[i] = uint16(n)
		}
		numbers = append(numbers, of)
	}
	whole.settle()
	order := make([]int, len(whole.entries))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(whole.value(a), whole.value(b)) })
	sorted, rank := newDictionary(all[0].room), make([]uint16, len(order))
	for n, i := range order {
		sorted.insert(whole.entries[i].hash, whole.value(i))
		sorted.entries[n].count = whole.entries[i].count - 1
		rank[i] = uint16(n)
	}
	sorted.settle()
	for _, of := range numbers {
		for i, n := range of {
			of[i] = rank[n]
		}
	}
	return sorted, numbers
}

// wideTable numbers the values of a column with more of them than a dictionary
// holds, by hashes of 64 bits with a key that is random in every run: among ten
// million values two have the same with a probability of 10^-6.
type wideTable struct {
	hashes []uint64
	codes  []uint32
	n      int
}

func newWideTable() *wideTable {
	return &wideTable{hashes: make([]uint64, 1<<17), codes: make([]uint32, 1<<17)}
}

// code returns the number of a value, and whether it is new.
func (t *wideTable) code(v []byte) (n uint32, fresh bool) {
	h := maphash.Bytes(seed, v) | 1 // 0 is an empty place
	mask := uint64(len(t.hashes) - 1)
	p := h >> 1 & mask
	for ; t.hashes[p] != 0; p = (p + 1) & mask {
		if t.hashes[p] == h {
			return t.codes[p], false
		}
	}
	t.hashes[p], t.codes[p] = h, uint32(t.n)
	t.n++
	if t.n*4 > len(t.hashes)*3 {
		t.grow()
	}
	return uint32(t.n - 1), true
}

func (t *wideTable) grow() {
	hashes, codes := t.hashes, t.codes
	t.hashes, t.codes = make([]uint64, 2*len(hashes)), make([]uint32, 2*len(codes))
	mask := uint64(len(t.hashes) - 1)
	for i, h := range hashes {
		if h == 0 {
			continue
		}
		p := h >> 1 & mask
		for t.hashes[p] != 0 {
			p = (p + 1) & mask
		}
		t.hashes[p], t.codes[p] = h, codes[i]
	}
}

// wideBytes is the memory that an entry of the table takes at most, the moment of
// growing included.
const wideBytes = 36

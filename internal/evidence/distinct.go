package evidence

import (
	"hash/maphash"
	"math"
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"
)

// dictionaryLimit is how many different values of a column are told apart one
// by one. Up to it the number of distinct values is exact and the column can be
// coded; it is what two bytes a row can hold.
const dictionaryLimit = 1<<16 - 1

// seed keys the hash of the dictionaries; no result depends on it.
var seed = maphash.MakeSeed()

// dictionary numbers the different values of a column.
type dictionary struct {
	slots   []uint32 // number of the entry plus one
	entries []entry
	text    []byte
}

type entry struct {
	hash     uint64
	from, to uint32
	count    int64
}

func newDictionary() *dictionary { return &dictionary{slots: make([]uint32, 64)} }

// number returns the number of a value and counts it. ok is false when there
// are too many values; the dictionary is then of no further use.
func (d *dictionary) number(v []byte, n int64) (i uint32, ok bool) {
	h := maphash.Bytes(seed, v)
	mask := uint64(len(d.slots) - 1)
	p := h & mask
	for ; d.slots[p] != 0; p = (p + 1) & mask {
		i := d.slots[p] - 1
		e := &d.entries[i]
		if e.hash == h && string(d.text[e.from:e.to]) == string(v) {
			e.count += n
			return i, true
		}
	}
	const mostText = 32 << 20
	if len(d.entries) >= dictionaryLimit || len(d.text)+len(v) > mostText {
		return 0, false
	}
	from := uint32(len(d.text))
	d.text = append(d.text, v...)
	d.entries = append(d.entries, entry{h, from, uint32(len(d.text)), n})
	d.slots[p] = uint32(len(d.entries))
	if len(d.entries)*2 > len(d.slots) {
		d.grow()
	}
	return uint32(len(d.entries) - 1), true
}

func (d *dictionary) grow() {
	d.slots = make([]uint32, 2*len(d.slots))
	mask := uint64(len(d.slots) - 1)
	for i, e := range d.entries {
		p := e.hash & mask
		for d.slots[p] != 0 {
			p = (p + 1) & mask
		}
		d.slots[p] = uint32(i + 1)
	}
}

func (d *dictionary) value(i int) []byte { return d.text[d.entries[i].from:d.entries[i].to] }

// sketch estimates how many different values there are (HyperLogLog, Flajolet et
// al. 2007) with 4096 registers, standard error 1.04/64 = 1.6 %. It is only asked
// beyond the dictionary's limit, where the estimate needs no correction, so that
// these lines do what a library would. The hash is not keyed, so that the estimate
// is the same in every run; the registers never leave the process.
type sketch [4096]uint8

const sketchError = 0.01625

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
	for _, r := range s {
		sum += math.Ldexp(1, -int(r))
	}
	return int64(math.Round(0.7213 / (1 + 1.079/m) * m * m / sum))
}

// union puts the dictionaries of the workers together, with the values in the
// order of their bytes, so that codes do not depend on the workers. It is nil
// when there are too many values. to has, for each dictionary, the new number of
// each entry.
func union(all []*dictionary) (whole *dictionary, to [][]uint32) {
	whole = newDictionary()
	for _, d := range all {
		for i := range d.entries {
			if _, ok := whole.number(d.value(i), d.entries[i].count); !ok {
				return nil, nil
			}
		}
	}
	order := make([]int, len(whole.entries))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := whole.value(a), whole.value(b)
		return slices.Compare(x, y)
	})
	sorted := newDictionary()
	for _, i := range order {
		sorted.number(whole.value(i), whole.entries[i].count)
	}
	for _, d := range all {
		m := make([]uint32, len(d.entries))
		for i := range d.entries {
			m[i], _ = sorted.number(d.value(i), 0)
		}
		to = append(to, m)
	}
	return sorted, to
}

// find returns the number of a value that is in the dictionary. It changes
// nothing, so that several goroutines may ask at once.
func (d *dictionary) find(v []byte) uint32 {
	h := maphash.Bytes(seed, v)
	mask := uint64(len(d.slots) - 1)
	for p := h & mask; d.slots[p] != 0; p = (p + 1) & mask {
		i := d.slots[p] - 1
		if e := &d.entries[i]; e.hash == h && string(d.text[e.from:e.to]) == string(v) {
			return i
		}
	}
	panic("a value is there that was not when the file was read before")
}

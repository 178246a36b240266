package evidence

import (
	"sync"
	"sync/atomic"

	"puntari/internal/disclosure"
)

// possibleKey counts the different values of a column that may be a key: digests
// of them are put aside while the file is read first, so that it need not be read
// again for their exact number. That is given up as soon as values repeat too
// often or the column turns out to identify persons directly; it is a guess that
// saves time, and changes no result.
type possibleKey struct {
	// likely tells whether a column of which so much was seen may be a key.
	likely func(seen *observation, blank, distinct int64) bool
	digest *disclosure.Key
	// room is how many more columns may be put aside at once, memory what each may
	// take.
	room   *atomic.Int64
	memory int64

	dropped atomic.Bool
	mu      sync.Mutex
	spill   *disclosure.Spill
}

// keysAtOnce is how many columns may be put aside at once.
const keysAtOnce = 8

// possibleKeys are those of all columns.
func (m *measurement) possibleKeys() []*possibleKey {
	room := new(atomic.Int64)
	room.Store(keysAtOnce)
	digest := disclosure.NewKey()
	out := make([]*possibleKey, len(m.file.Columns))
	for i, header := range m.file.Columns {
		out[i] = &possibleKey{digest: digest, room: room, memory: m.o.Memory / 16, likely: func(seen *observation, blank, distinct int64) bool {
			c := m.judgment.column(Name{text: header}, seen, blank, distinct, false)
			return m.isKey(&c)
		}}
	}
	return out
}

// isKey tells whether the different values of a column are counted exactly.
// Whether what identifies a person directly is also a key tells nothing more.
func (m *measurement) isKey(c *Column) bool {
	return !c.Exact && c.Role != DirectIdentifier && float64(c.Distinct) > m.rules.Limits.KeyShare*float64(c.Filled)
}

// open gives a worker the means to put its values aside, or nil.
func (k *possibleKey) open(seen *observation, blank, distinct int64) *disclosure.Writer {
	if k.dropped.Load() {
		return nil
	}
	if !k.likely(seen, blank, distinct) {
		k.drop()
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.dropped.Load() {
		return nil
	}
	if k.spill == nil {
		if k.room.Add(-1) < 0 {
			k.dropped.Store(true)
			return nil
		}
		k.spill = disclosure.NewSpill("", k.memory)
	}
	return k.spill.Writer()
}

// drop gives the column up.
func (k *possibleKey) drop() {
	k.dropped.Store(true)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.spill != nil {
		_ = k.spill.Close() // what it held is of no further use
		k.spill = nil
		k.room.Add(1)
	}
}

// all are the digests of all values of the column, or nil when it was given up.
func (k *possibleKey) all() *disclosure.Spill {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.dropped.Load() {
		return nil
	}
	return k.spill
}

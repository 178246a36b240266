package engine

import (
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"puntari/internal/facts"
)

// Decision tables remember what the policies said. An item's rows are a pure
// function of the facts that they read (the policies have no clock, network or
// randomness), so the same states of the same facts give the same rows. What an
// item reads comes from its compiled rules. Tables fill as datasets come by; an
// engine without them gives the same results, only slower, and a test sees to
// that.
type tables struct {
	mu sync.RWMutex
	// ids are the numbers of states, by fact; columns and entries those of the
	// columns or elements one by one.
	ids     []map[facts.State]uint32
	column  map[string]uint32
	entries map[int]map[string]uint32

	items      map[*item]map[tableKey]rows
	conditions map[*condition]map[tableKey]bool
	decisions  map[decisionKey]*decisionDocument
	// undecidable tells that the decision reads more than its key holds.
	undecidable bool
}

// maxReads is the largest number of facts that a table is kept for. Items that
// read more are evaluated every time.
const maxReads = 30

// maxEntries bounds a table, so that a stream of ever new datasets does not
// fill the memory.
const maxEntries = 1 << 15

type tableKey [maxReads + 1]uint32

func newTables(e *Engine) *tables {
	t := &tables{
		ids: make([]map[facts.State]uint32, len(e.Space.Facts)), column: map[string]uint32{}, entries: map[int]map[string]uint32{},
		items: map[*item]map[tableKey]rows{}, conditions: map[*condition]map[tableKey]bool{}, decisions: map[decisionKey]*decisionDocument{},
	}
	for i := range t.ids {
		t.ids[i] = map[facts.State]uint32{}
	}
	return t
}

// states are the numbers of the states of all facts of one dataset, made once
// and looked up for every item. An entry is 0 until it is asked for.
type states struct {
	t     *tables
	c     *facts.Case
	of    []facts.State
	ids   []uint32
	one   uint32 // the columns one by one
	bytes []byte
}

// number returns the number of a fact's state, giving out a new one if need be.
// The caller holds the write lock when fill is set, else the read lock; without
// fill an unknown state gives 0.
func (s *states) number(i int, fill bool) uint32 {
	if s.ids[i] != 0 {
		return s.ids[i]
	}
	st := s.of[i]
	if math.IsNaN(st.Low) || math.IsNaN(st.High) {
		return 0
	}
	id := s.t.ids[i][st]
	if id == 0 && fill && len(s.t.ids[i]) < maxEntries {
		id = uint32(len(s.t.ids[i]) + 1)
		s.t.ids[i][st] = id
	}
	s.ids[i] = id
	return id
}

// columnsNumber returns the number of the columns one by one.
func (s *states) columnsNumber(fill bool) uint32 {
	if s.one != 0 {
		return s.one
	}
	s.bytes = make([]byte, 0, 1+16*len(s.c.Columns)*len(s.c.Space.Columns))
	if s.c.HasSchema {
		s.bytes = append(s.bytes, 1)
	}
	// Columns that are alike count once for the loops, but their number counts.
	for k := range s.c.Columns {
		for _, st := range s.c.Columns[k].States {
			s.bytes = binary.LittleEndian.AppendUint64(s.bytes, st.Yes)
			s.bytes = binary.LittleEndian.AppendUint64(s.bytes, st.No)
		}
	}
	id := s.t.column[string(s.bytes)]
	if id == 0 && fill && len(s.t.column) < maxEntries {
		id = uint32(len(s.t.column) + 1)
		s.t.column[string(s.bytes)] = id
	}
	s.one = id
	return id
}

// entriesNumber returns the number of the elements of a list one by one.
func (s *states) entriesNumber(list int, fill bool) uint32 {
	var b []byte
	for _, e := range s.c.Entries[list] {
		for _, st := range e.States {
			b = binary.LittleEndian.AppendUint64(b, st.Yes)
			b = binary.LittleEndian.AppendUint64(b, st.No)
		}
	}
	m := s.t.entries[list]
	id := m[string(b)]
	if id == 0 && fill && len(m) < maxEntries {
		if m == nil {
			m = map[string]uint32{}
			s.t.entries[list] = m
		}
		id = uint32(len(m) + 1)
		m[string(b)] = id
	}
	return id
}

// key is the key of what a rule reads; ok is false when no table is kept for it
// or, without fill, when a state was never seen.
func (s *states) key(r *reads, fill bool) (k tableKey, ok bool) {
	n := 0
	put := func(id uint32) bool {
		if id == 0 || n == len(k) {
			return false
		}
		k[n] = id
		n++
		return true
	}
	for _, i := range r.facts {
		if !put(s.number(i, fill)) {
			return k, false
		}
	}
	for _, l := range r.lists {
		if !put(s.entriesNumber(l, fill)) {
			return k, false
		}
	}
	if r.columns && !put(s.columnsNumber(fill)) {
		return k, false
	}
	return k, true
}

// begin prepares the lookups for one dataset.
func (t *tables) begin(c *facts.Case, of []facts.State) *states {
	if t == nil {
		return nil
	}
	return &states{t: t, c: c, of: of, ids: make([]uint32, len(of))}
}

// forget drops the numbers of facts that have changed.
func (s *states) forget(i int) {
	if s != nil {
		s.ids[i] = 0
	}
}

// item looks the rows of an item up.
func (s *states) item(it *item) (rows, bool) {
	if s == nil {
		return rows{}, false
	}
	s.t.mu.RLock()
	defer s.t.mu.RUnlock()
	k, ok := s.key(&it.reads, false)
	if !ok {
		return rows{}, false
	}
	r, ok := s.t.items[it][k]
	return r, ok
}

// learn remembers the rows of an item.
func (s *states) learn(it *item, r rows) {
	if s == nil {
		return
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	k, ok := s.key(&it.reads, true)
	m := s.t.items[it]
	if !ok || len(m) >= maxEntries {
		return
	}
	if m == nil {
		m = map[tableKey]rows{}
		s.t.items[it] = m
	}
	m[k] = r
}

// condition looks up whether the condition of a question may hold.
func (s *states) condition(c *condition) (asked, ok bool) {
	if s == nil {
		return false, false
	}
	s.t.mu.RLock()
	defer s.t.mu.RUnlock()
	k, ok := s.key(c.reads, false)
	if !ok {
		return false, false
	}
	asked, ok = s.t.conditions[c][k]
	return asked, ok
}

func (s *states) learnCondition(c *condition, asked bool) {
	if s == nil {
		return
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	k, ok := s.key(c.reads, true)
	m := s.t.conditions[c]
	if !ok || len(m) >= maxEntries {
		return
	}
	if m == nil {
		m = map[tableKey]bool{}
		s.t.conditions[c] = m
	}
	m[k] = asked
}

// addList notes a list that a rule looks at element by element.
func (r *reads) addList(i int) {
	if k, found := slices.BinarySearch(r.lists, i); !found {
		r.lists = slices.Insert(r.lists, k, i)
	}
}

// decision looks a decision up; ok tells whether the key holds all that it reads.
func (t *tables) decision(k decisionKey, ok bool) (*decisionDocument, bool) {
	if t == nil || !ok || t.undecidable {
		return nil, false
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	d, known := t.decisions[k]
	return d, known
}

func (t *tables) learnDecision(k decisionKey, ok bool, d *decisionDocument) {
	if t == nil || !ok || t.undecidable {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.decisions) < maxEntries {
		t.decisions[k] = d
	}
}

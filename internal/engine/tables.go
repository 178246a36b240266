package engine

import (
	"slices"
	"sync"

	"puntari/internal/facts"
)

// Decision tables remember what the policies said. An item's rows are a pure
// function of what its rules can tell apart of the facts (the policies have no
// clock, network or randomness), so the same projection gives the same rows.
// Tables fill as datasets come by; an engine without them gives the same
// results, only slower, and a test sees to that.
type tables struct {
	mu         sync.RWMutex
	items      []table[rows]     // by item.number
	conditions []table[bool]     // by condition
	opaques    []map[string]bool // by opaque.number
	decisions  map[decisionKey]*decisionDocument
	// undecidable tells that the decision reads more than a key holds.
	undecidable bool
}

// maxEntries bounds each table, so that a stream of ever new datasets does not
// fill the memory. The inventory of a city needs a few hundred.
const maxEntries = 1 << 13

// table remembers values by projection: by the number that its bits make where
// there are few, by the bits, or by everything that counts.
type table[V any] struct {
	few    []V
	known  []bool
	byBits map[uint64]V
	byText map[string]V
}

// fewAtoms is up to how many atoms every combination has a place of its own.
const fewAtoms = 6

func newTable[V any](p *projection) table[V] {
	switch {
	case p.whole != nil || len(p.atoms) > maxBits/atomBits:
		return table[V]{byText: map[string]V{}}
	case len(p.atoms) <= fewAtoms:
		n := 1 << (len(p.atoms) * atomBits)
		return table[V]{few: make([]V, n), known: make([]bool, n)}
	}
	return table[V]{byBits: map[uint64]V{}}
}

func (t *table[V]) find(k key) (v V, ok bool) {
	switch {
	case t.few != nil:
		return t.few[k.bits], t.known[k.bits]
	case t.byBits != nil:
		v, ok = t.byBits[k.bits]
	default:
		v, ok = t.byText[string(k.text)]
	}
	return v, ok
}

func (t *table[V]) remember(k key, v V) {
	switch {
	case t.few != nil:
		t.few[k.bits], t.known[k.bits] = v, true
	case len(t.byBits) >= maxEntries || len(t.byText) >= maxEntries:
	case t.byBits != nil:
		t.byBits[k.bits] = v
	default:
		t.byText[string(k.text)] = v
	}
}

func newTables(e *Engine) *tables {
	t := &tables{
		conditions: make([]table[bool], len(e.asked)),
		opaques:    make([]map[string]bool, len(e.opaque)),
		decisions:  map[decisionKey]*decisionDocument{},
	}
	for _, l := range []*list{e.risk, e.opportunity} { // in the order of item.number
		for i := range l.items {
			t.items = append(t.items, newTable[rows](&l.items[i].projection))
		}
	}
	for i := range t.conditions {
		t.conditions[i] = newTable[bool](&e.asked[i].projection)
	}
	for i := range t.opaques {
		t.opaques[i] = map[string]bool{}
	}
	return t
}

// begin prepares the lookups for the states of one dataset, nil without tables. They
// hold until the next of the same view.
func (v *view) begin(c *facts.Case, of []facts.State) *states {
	e := v.e
	if e.tables == nil {
		return nil
	}
	s := &v.lookup
	if s.t == nil {
		s.t, s.holds = e.tables, make([]byte, len(e.program.atoms))
		s.x = explainer{p: e.program, opaque: s.opaque.holds}
		s.opaque.e = e
	}
	clear(s.holds)
	s.x.c, s.x.states = c, of
	s.opaque.c, s.opaque.states, s.opaque.failed = c, of, false
	return s
}

// changed drops what was worked out from facts that have changed.
func (s *states) changed() {
	if s != nil {
		clear(s.holds)
	}
}

// look looks the rows of the items up, and appends those not found to missed.
func (s *states) look(l *list, late bool, out []rows, missed []int) []int {
	if s != nil {
		s.lookKeys(l, late) // which may look up what opaque rules say
		s.t.mu.RLock()
		defer s.t.mu.RUnlock()
	}
	for i := range l.items {
		it := &l.items[i]
		if it.late != late {
			continue
		}
		if s != nil && !s.opaque.failed {
			if r, ok := s.t.items[it.number].find(s.keys[i]); ok {
				out[i] = r
				continue
			}
		}
		missed = append(missed, i)
	}
	return missed
}

// lookKeys works the keys of the items out.
func (s *states) lookKeys(l *list, late bool) {
	s.keys = slices.Grow(s.keys[:0], len(l.items))[:len(l.items)]
	for i := range l.items {
		if l.items[i].late == late {
			s.keys[i] = l.items[i].projection.key(s)
		}
	}
}

// learn remembers the rows of items that have been looked up. Nothing is
// remembered where a condition could not be evaluated.
func (s *states) learn(l *list, items []int, out []rows) {
	if s == nil || s.opaque.failed {
		return
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	for _, i := range items {
		s.t.items[l.items[i].number].remember(s.keys[i], out[i])
	}
}

// conditions looks up whether the conditions of questions may hold, and returns
// those that are not known, in the place of the others.
func (s *states) conditions(asked []condition, wanted []int, answers []answer) (unknown []int) {
	if s == nil || len(wanted) == 0 {
		return wanted
	}
	s.keys = s.keys[:0]
	for _, n := range wanted {
		s.keys = append(s.keys, asked[n].projection.key(s)) // which may look up what opaque rules say
	}
	if s.opaque.failed {
		return wanted
	}
	unknown = wanted[:0]
	s.t.mu.RLock()
	defer s.t.mu.RUnlock()
	for i, n := range wanted {
		if asked, ok := s.t.conditions[n].find(s.keys[i]); ok {
			answers[n] = answerOf(asked)
		} else {
			unknown = append(unknown, n)
		}
	}
	return unknown
}

// learnConditions remembers the answers to conditions that were not known.
func (s *states) learnConditions(asked []condition, unknown []int, answers []answer) {
	if s == nil || len(unknown) == 0 {
		return
	}
	s.keys = s.keys[:0]
	for _, n := range unknown {
		s.keys = append(s.keys, asked[n].projection.key(s))
	}
	if s.opaque.failed {
		return
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	for i, n := range unknown {
		s.t.conditions[n].remember(s.keys[i], answers[n] == holds)
	}
}

// opaque looks up whether a rule holds.
func (t *tables) opaque(number int, key []byte) (holds, ok bool) {
	if t == nil {
		return false, false
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	holds, ok = t.opaques[number][string(key)]
	return holds, ok
}

func (t *tables) learnOpaque(number int, key []byte, holds bool) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.opaques[number]; len(m) < maxEntries {
		m[string(key)] = holds
	}
}

// decision looks a decision up.
func (t *tables) decision(k decisionKey) (*decisionDocument, bool) {
	if t == nil || t.undecidable {
		return nil, false
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	d, known := t.decisions[k]
	return d, known
}

func (t *tables) learnDecision(k decisionKey, d *decisionDocument) {
	if t == nil || t.undecidable {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.decisions) < maxEntries {
		t.decisions[k] = d
	}
}

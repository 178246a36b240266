package engine

import (
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
	items      []map[string]rows // by item.number
	conditions []map[string]bool // by condition
	opaques    []map[string]bool // by opaque.number
	decisions  map[decisionKey]*decisionDocument
	// undecidable tells that the decision reads more than its key holds.
	undecidable bool
}

// maxEntries bounds each table, so that a stream of ever new datasets does not
// fill the memory. The inventory of a city needs a few hundred.
const maxEntries = 1 << 13

func newTables(e *Engine) *tables {
	t := &tables{
		items:      make([]map[string]rows, len(e.risk.items)+len(e.opportunity.items)),
		conditions: make([]map[string]bool, len(e.asked)),
		opaques:    make([]map[string]bool, len(e.opaque)),
		decisions:  map[decisionKey]*decisionDocument{},
	}
	for i := range t.items {
		t.items[i] = map[string]rows{}
	}
	for i := range t.conditions {
		t.conditions[i] = map[string]bool{}
	}
	for i := range t.opaques {
		t.opaques[i] = map[string]bool{}
	}
	return t
}

// begin prepares the lookups for the states of one dataset, nil without tables.
func (e *Engine) begin(c *facts.Case, of []facts.State) *states {
	if e.tables == nil {
		return nil
	}
	return &states{t: e.tables, x: explainer{p: e.program, c: c, states: of}, kinds: make([][]byte, len(e.program.loops)), sides: make([]byte, len(e.program.compares))}
}

// changed drops what was worked out from facts that have changed.
func (s *states) changed() {
	if s != nil {
		clear(s.kinds)
		clear(s.sides)
	}
}

// look looks the rows of the items up, and appends those not found to missed.
func (s *states) look(l *list, late bool, out []rows, missed []int) []int {
	if s != nil {
		s.t.mu.RLock()
		defer s.t.mu.RUnlock()
	}
	for i := range l.items {
		it := &l.items[i]
		if it.late != late {
			continue
		}
		if s != nil {
			s.key = it.projection.append(s.key[:0], s)
			if r, ok := s.t.items[it.number][string(s.key)]; ok {
				out[i] = r
				continue
			}
		}
		missed = append(missed, i)
	}
	return missed
}

// learn remembers the rows of items.
func (s *states) learn(l *list, items []int, out []rows) {
	if s == nil {
		return
	}
	s.t.mu.Lock()
	defer s.t.mu.Unlock()
	for _, i := range items {
		it := &l.items[i]
		if m := s.t.items[it.number]; len(m) < maxEntries {
			s.key = it.projection.append(s.key[:0], s)
			m[string(s.key)] = out[i]
		}
	}
}

// condition looks up whether the condition of a question may hold.
func (s *states) condition(n int, p *projection) (asked, ok bool) {
	if s == nil {
		return false, false
	}
	s.key = p.append(s.key[:0], s)
	return s.t.find(s.t.conditions[n], s.key)
}

func (s *states) learnCondition(n int, p *projection, asked bool) {
	if s == nil {
		return
	}
	s.key = p.append(s.key[:0], s)
	s.t.remember(s.t.conditions[n], s.key, asked)
}

// opaque looks up whether a rule holds of what is known, or of what is possible.
func (s *states) opaque(o *opaque, possible bool) (holds, ok bool) {
	if s == nil {
		return false, false
	}
	s.opaqueKey(o, possible)
	return s.t.find(s.t.opaques[o.number], s.key)
}

func (s *states) learnOpaque(o *opaque, possible, holds bool) {
	if s == nil {
		return
	}
	s.opaqueKey(o, possible)
	s.t.remember(s.t.opaques[o.number], s.key, holds)
}

func (s *states) opaqueKey(o *opaque, possible bool) {
	view := byte(0)
	if possible {
		view = 1
	}
	s.key = o.projection.append(append(s.key[:0], view), s)
}

func (t *tables) find(table map[string]bool, key []byte) (value, ok bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	value, ok = table[string(key)]
	return value, ok
}

func (t *tables) remember(table map[string]bool, key []byte, value bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(table) < maxEntries {
		table[string(key)] = value
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

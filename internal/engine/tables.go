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
	// undecidable tells that the decision reads more than a key holds.
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
	s := &states{t: e.tables, holds: make([]byte, len(e.program.atoms)), opaque: asker{e: e, c: c, states: of}}
	s.x = explainer{p: e.program, c: c, states: of, opaque: s.opaque.holds}
	return s
}

// changed drops what was worked out from facts that have changed.
func (s *states) changed() {
	if s != nil {
		clear(s.holds)
		clear(s.opaque.known)
	}
}

// look looks the rows of the items up, and appends those not found to missed.
func (s *states) look(l *list, late bool, out []rows, missed []int) []int {
	if s != nil {
		s.keys(l, late)
		s.t.mu.RLock()
		defer s.t.mu.RUnlock()
	}
	for i := range l.items {
		it := &l.items[i]
		if it.late != late {
			continue
		}
		if s != nil && !s.opaque.failed {
			if r, ok := s.t.items[it.number][string(s.keyOf(i))]; ok {
				out[i] = r
				continue
			}
		}
		missed = append(missed, i)
	}
	return missed
}

// keys works the keys of the items out.
func (s *states) keys(l *list, late bool) {
	s.key, s.ends = s.key[:0], s.ends[:0]
	for i := range l.items {
		if l.items[i].late == late {
			s.key = l.items[i].projection.append(s.key, s)
		}
		s.ends = append(s.ends, len(s.key))
	}
}

func (s *states) keyOf(i int) []byte {
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return s.key[from:s.ends[i]]
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
		if m := s.t.items[l.items[i].number]; len(m) < maxEntries {
			m[string(s.keyOf(i))] = out[i]
		}
	}
}

// condition looks up whether the condition of a question may hold.
func (s *states) condition(n int, p *projection) (asked, ok bool) {
	if s == nil {
		return false, false
	}
	if s.key = p.append(s.key[:0], s); s.opaque.failed {
		return false, false
	}
	return s.t.find(s.t.conditions[n], s.key)
}

func (s *states) learnCondition(n int, p *projection, asked bool) {
	if s == nil {
		return
	}
	if s.key = p.append(s.key[:0], s); !s.opaque.failed {
		s.t.remember(s.t.conditions[n], s.key, asked)
	}
}

// opaque looks up whether a rule holds.
func (t *tables) opaque(number int, key []byte) (holds, ok bool) {
	if t == nil {
		return false, false
	}
	return t.find(t.opaques[number], key)
}

func (t *tables) learnOpaque(number int, key []byte, holds bool) {
	if t != nil {
		t.remember(t.opaques[number], key, holds)
	}
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

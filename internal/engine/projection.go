package engine

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"puntari/internal/facts"
)

// projection is what the rules of an item can tell apart of a dataset: which of
// the conditions that they consist of hold. Two datasets with the same
// projection get the same rows, since the rules only join conditions; the key of
// a decision table is the projection as bytes. It comes from the same reading of
// the rules that the explainer uses.
//
// A rule that cannot be read is a condition too: the policy engine is asked
// whether it holds. Where that cannot be asked, of a row or of the elements of a
// loop, everything counts that the rules mention.
type projection struct {
	// atoms are places in program.atoms.
	atoms []int
	whole *whole
}

// whole is everything that a rule mentions.
type whole struct {
	facts   []int
	lists   []int
	columns bool
}

// atom is a condition of some rule that no other rule stands for; items have many
// in common.
type atom struct {
	requirement
	// bounds tells that it is looked at for the bounds; only what asks for
	// something proven makes a difference there.
	bounds bool
	// named is the condition where it is that a fact of the dataset has a named
	// value, or has it not. Nearly all are, and are looked at without ado.
	named *named
}

// named is a named value of a fact.
type named struct {
	fact int
	mask uint64
	// not asks for the value that the fact has not.
	not bool
}

// namedOf takes the value out of a condition that has one.
func namedOf(r requirement) *named {
	switch v := r.(type) {
	case has:
		if v.member < 0 {
			return &named{v.fact, v.mask, v.view == viewIsnt}
		}
	case someColumn:
		if !v.proven {
			return &named{v.fact, v.mask, v.not}
		}
	}
	return nil
}

// projector gathers a projection from rules.
type projector struct {
	p       *program
	out     projection
	whole   bool
	visited map[string]bool
}

// project gathers what the named rules, which read r, can tell apart.
func (p *program) project(r *reads, rules ...string) projection {
	x := &projector{p: p, visited: map[string]bool{}}
	for _, name := range rules {
		x.rule(name)
	}
	if x.whole {
		return p.everything(r)
	}
	slices.Sort(x.out.atoms)
	return x.out
}

// everything is all that a rule mentions.
func (p *program) everything(r *reads) projection {
	w := &whole{facts: slices.Clone(r.facts), lists: slices.Clone(r.lists), columns: r.columns}
	for _, i := range r.facts {
		if l := p.space.ListOf(i); l >= 0 && !slices.Contains(w.lists, l) {
			w.lists = append(w.lists, l)
		}
	}
	slices.Sort(w.lists)
	return projection{whole: w}
}

func (x *projector) rule(name string) {
	if x.visited[name] {
		return
	}
	x.visited[name] = true
	r := x.p.rules[name]
	switch {
	case r == nil: // undefined, whatever the dataset
	case r.opaque && isRow(name): // the query for an item asks for all its rows
		x.whole = true
	case r.opaque:
		x.atom(of{name})
	default:
		for _, c := range r.clauses {
			x.clause(c)
		}
	}
}

func (x *projector) clause(c clause) {
	for _, cond := range c {
		switch v := cond.(type) {
		case of:
			x.rule(v.rule)
		case loop:
			if x.p.readable(v.body) {
				x.atom(v)
			} else {
				x.whole = true
			}
		default:
			x.atom(v)
		}
	}
}

// readable tells whether a body can be read to the end.
func (p *program) readable(c clause) bool {
	return !slices.ContainsFunc(c, func(cond requirement) bool {
		switch v := cond.(type) {
		case loop:
			return !p.readable(v.body)
		case of:
			r := p.rules[v.rule]
			return r != nil && (r.opaque || slices.ContainsFunc(r.clauses, func(c clause) bool { return !p.readable(c) }))
		}
		return false
	})
}

// atom adds the place of a condition, and that for the bounds if it asks for
// something proven. Of a fact alone, what is known and what is possible says all,
// whether proven or not.
func (x *projector) atom(r requirement) {
	if h, ok := r.(has); ok {
		switch h.view {
		case viewProven:
			h.view = viewIs
		case viewUnproven:
			h.view = viewIsnt
		}
		r = h
	}
	x.add(atom{requirement: r})
	if x.p.asksForProof(r) {
		x.add(atom{requirement: r, bounds: true})
	}
}

func (x *projector) add(a atom) {
	n := x.p.place(a)
	if !slices.Contains(x.out.atoms, n) {
		x.out.atoms = append(x.out.atoms, n)
	}
}

// place is the place of an atom among those of the program.
func (p *program) place(a atom) int {
	key := fmt.Sprintf("%T%+v", a.requirement, a)
	n, ok := p.places[key]
	if !ok {
		n = len(p.atoms)
		p.places[key] = n
		a.named = namedOf(a.requirement)
		p.atoms = append(p.atoms, a)
	}
	return n
}

// asksForProof tells whether a condition can differ for the bounds.
func (p *program) asksForProof(r requirement) bool {
	proof := func(view string) bool { return view == viewProven || view == viewUnproven }
	switch v := r.(type) {
	case has:
		return proof(v.view)
	case compare:
		return proof(v.left.view) || proof(v.right.view)
	case loop:
		return slices.ContainsFunc(v.body, p.asksForProof)
	case of:
		if r := p.rules[v.rule]; r != nil {
			return r.opaque && r.reads.proven || slices.ContainsFunc(r.clauses, func(c clause) bool { return slices.ContainsFunc(c, p.asksForProof) })
		}
	}
	return false
}

// states are the states of one dataset as one checklist sees them, with what
// the projections of its items have in common.
type states struct {
	t *tables
	x explainer
	// holds says of each atom whether it holds of what is known and of what is
	// possible, as bits; 0 for those not looked at yet.
	holds  []byte
	opaque asker
	// key holds the keys of the items that were looked up last, ends where each ends.
	key  []byte
	ends []int
}

// Bits of states.holds.
const (
	holdsKnown, holdsPossible byte = 1, 2
	lookedAt                  byte = 4
)

// atom tells whether a condition holds.
func (s *states) atom(n int) byte {
	if s.holds[n] == 0 {
		s.holds[n] = lookedAt | s.lookAt(&s.x.p.atoms[n])
	}
	return s.holds[n] &^ lookedAt
}

func (s *states) lookAt(a *atom) byte {
	if v := a.named; v != nil {
		st := &s.x.states[v.fact]
		holds, not := st.Yes, st.No
		if v.not {
			holds, not = not, holds
		}
		return bit(holds&v.mask != 0)*holdsKnown | bit(v.mask&^not != 0)*holdsPossible
	}
	at := scope{column: -1, list: -1, bounds: a.bounds}
	known := bit(a.holds(&s.x, at)) * holdsKnown
	at.possible = true
	return known | bit(a.holds(&s.x, at))*holdsPossible
}

// append appends the projection of a dataset.
func (p *projection) append(b []byte, s *states) []byte {
	if p.whole != nil {
		return p.whole.append(b, s.x.c, s.x.states)
	}
	const each = 2 // bits an atom
	var acc uint64
	bits := 0
	for _, n := range p.atoms {
		acc |= uint64(s.atom(n)) << bits
		if bits += each; bits == 64 {
			b = binary.LittleEndian.AppendUint64(b, acc)
			acc, bits = 0, 0
		}
	}
	for ; bits > 0; bits -= 8 {
		b = append(b, byte(acc))
		acc >>= 8
	}
	return b
}

// append appends everything that is mentioned of a dataset.
func (w *whole) append(b []byte, c *facts.Case, states []facts.State) []byte {
	for _, i := range w.facts {
		b = appendWhole(b, &states[i])
	}
	entry := func(e *facts.Entry) {
		for k := range e.States {
			b = appendWhole(b, &e.States[k])
		}
	}
	for _, l := range w.lists {
		b = appendWhole(b, &states[l])
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c.Entries[l])))
		for k := range c.Entries[l] {
			entry(&c.Entries[l][k])
		}
	}
	if w.columns {
		b = append(b, bit(c.HasSchema))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(c.Columns)))
		for k := range c.Columns {
			entry(&c.Columns[k].Entry)
		}
	}
	return b
}

func appendWhole(b []byte, st *facts.State) []byte {
	b = binary.LittleEndian.AppendUint64(b, st.Yes)
	b = binary.LittleEndian.AppendUint64(b, st.No)
	b = append(b, bit(st.Void))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(st.Low))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(st.High))
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

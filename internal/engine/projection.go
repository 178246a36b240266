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
// A rule that another one names is a condition too. Of one that cannot be read,
// the policy engine is asked whether it holds. Where that cannot be asked, of a
// row or of the elements of a loop, everything counts that the rules mention.
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

// atom is a condition of some rule; rules have many in common.
type atom struct {
	requirement
	// bounds tells that it is looked at for the bounds; only what asks for
	// something proven makes a difference there.
	bounds bool
	// named is the condition where it is that a fact of the dataset has a named
	// value, or has it not. Nearly all are, and are looked at without ado.
	named *named
	// number is the condition where it compares numbers.
	number *compare
	// ways are the ways in which a rule that can be read holds: places of the atoms
	// that must hold together.
	ways [][]int
}

// placed is what has a place among the atoms.
type placed struct {
	requirement
	bounds bool
}

// named is a named value of a fact.
type named struct {
	fact int
	mask uint64
	// not asks for the value that the fact has not.
	not bool
	// view is proven or unproven where the condition asks for that.
	view string
}

// namedOf takes the value out of a condition that has one.
func namedOf(r requirement) *named {
	switch v := r.(type) {
	case has:
		if v.member < 0 {
			return &named{v.fact, v.mask, v.view == viewIsnt || v.view == viewUnproven, v.view}
		}
	case someColumn:
		if !v.proven {
			return &named{fact: v.fact, mask: v.mask, not: v.not}
		}
	}
	return nil
}

// project gathers what the named rules, which read r, can tell apart.
func (p *program) project(r *reads, rules ...string) projection {
	var out projection
	for _, name := range rules {
		rule := p.rules[name]
		switch {
		case rule == nil: // undefined, whatever the dataset
		case rule.opaque && !isRow(name):
			out.add(p.atomsOf(of{name}))
		case !p.answerable(of{name}): // the query for an item asks for all its rows
			return p.everything(r)
		default:
			for _, c := range rule.clauses {
				for _, cond := range c {
					out.add(p.atomsOf(cond))
				}
			}
		}
	}
	slices.Sort(out.atoms)
	out.atoms = slices.Compact(out.atoms)
	return out
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

// answerable tells whether it can be found out without the rows whether a
// condition holds.
func (p *program) answerable(cond requirement) bool {
	all := func(c clause) bool {
		return !slices.ContainsFunc(c, func(cond requirement) bool { return !p.answerable(cond) })
	}
	switch v := cond.(type) {
	case loop:
		return p.readable(v.body)
	case of:
		r := p.rules[v.rule]
		if r == nil || r.opaque {
			return !isRow(v.rule)
		}
		return !slices.ContainsFunc(r.clauses, func(c clause) bool { return !all(c) })
	}
	return true
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

// add adds the places of atoms.
func (p *projection) add(places []int) { p.atoms = append(p.atoms, places...) }

// atomsOf are the places of a condition: one, and one more for the bounds if it
// asks for something proven.
func (p *program) atomsOf(r requirement) []int {
	out := []int{p.place(r, false)}
	if bounds := p.place(r, true); bounds != out[0] {
		out = append(out, bounds)
	}
	return out
}

// place is the place of a condition among the atoms.
func (p *program) place(r requirement, bounds bool) int {
	bounds = bounds && p.asksForProof(r)
	if h, ok := r.(has); ok && bounds { // for the bounds nothing has to be proven
		if h.view = viewIs; r.(has).view == viewUnproven {
			h.view = viewIsnt
		}
		r, bounds = h, false
	}
	key := placed{r, bounds}
	if l, ok := r.(loop); ok { // which holds a list, and cannot be compared
		key.requirement = of{fmt.Sprintf("%+v", l)}
	}
	n, ok := p.places[key]
	if ok {
		return n
	}
	a := atom{requirement: r, bounds: bounds, named: namedOf(r)}
	if c, ok := r.(compare); ok {
		a.number = &c
	}
	if o, ok := r.(of); ok {
		if rule := p.rules[o.rule]; rule != nil && !rule.opaque {
			a.ways = [][]int{}
			for _, c := range rule.clauses {
				var way []int
				for _, cond := range c {
					way = append(way, p.place(cond, bounds))
				}
				a.ways = append(a.ways, way)
			}
		}
	}
	n = len(p.atoms)
	p.places[key] = n
	p.atoms = append(p.atoms, a)
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
	// keys are those of the items that were looked up last.
	keys []key
}

// key is a projection of a dataset: the bits of the atoms, or as text where they
// are too many or everything counts.
type key struct {
	bits uint64
	text []byte
}

const (
	atomBits = 2
	maxBits  = 64
)

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
		known, possible := bit(holds&v.mask != 0), bit(v.mask&^not != 0)
		switch v.view {
		case viewProven:
			possible = known
		case viewUnproven:
			known = possible
		}
		return known*holdsKnown | possible*holdsPossible
	}
	if a.ways != nil {
		var holds byte
		for _, way := range a.ways {
			all := holdsKnown | holdsPossible
			for _, n := range way {
				all &= s.atom(n)
			}
			holds |= all
		}
		return holds
	}
	if a.number != nil {
		known, possible := a.number.both(&s.x, a.bounds)
		return bit(known)*holdsKnown | bit(possible)*holdsPossible
	}
	at := scope{column: -1, list: -1, bounds: a.bounds}
	known := bit(a.holds(&s.x, at)) * holdsKnown
	at.possible = true
	return known | bit(a.holds(&s.x, at))*holdsPossible
}

// key is the projection of a dataset.
func (p *projection) key(s *states) (k key) {
	if p.whole != nil {
		k.text = p.whole.append(nil, s.x.c, s.x.states)
		return k
	}
	at := 0
	for _, n := range p.atoms {
		if at == maxBits {
			k.text = binary.LittleEndian.AppendUint64(k.text, k.bits)
			k.bits, at = 0, 0
		}
		k.bits |= uint64(s.atom(n)) << at
		at += atomBits
	}
	if k.text != nil {
		k.text = binary.LittleEndian.AppendUint64(k.text, k.bits)
	}
	return k
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

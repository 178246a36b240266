package engine

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"puntari/internal/facts"
)

// projection is what the rules of an item can tell apart of a dataset: of a
// fact with values only those that some rule names, of a number only on which
// side of the limits it lies, of the columns only which kinds there are. Two
// datasets with the same projection get the same rows, since nothing else of
// them is looked at; the key of a decision table is the projection as bytes.
// It comes from the same reading of the rules that the explainer uses. Of a rule
// that cannot be read that way everything counts that it mentions.
type projection struct {
	facts []named
	// compares are places in program.compares.
	compares []int
	// numbers are facts whose number itself counts, in rules that cannot be read.
	numbers []int
	// columns is the place in program.loops of what is looked at of the columns
	// one by one, or -1; lists are the same of the elements of lists.
	columns int
	lists   []listed
}

// named is a fact with the names of its values that count, as bits.
type named struct {
	fact int // index of the fact; in a loop the place among the members
	mask uint64
	at   []uint8 // the numbers of the mask's bits
}

// looped is what counts of the columns or of the elements of a list: a loop
// that can be read asks whether there is one of some kind; of any other the
// order and number count too.
type looped struct {
	members []named
	inOrder bool
}

// listed is a list of objects with what counts of its elements.
type listed struct {
	list int
	looped
}

// projector gathers a projection from rules.
type projector struct {
	p     *program
	out   projection
	masks map[int]uint64
	// columns and lists are masks by the place among the members.
	columns map[int]uint64
	lists   map[int]map[int]uint64
	inOrder bool
	seen    map[string]bool
}

// project gathers what the named rules can tell apart.
func (p *program) project(rules ...string) projection {
	x := &projector{p: p, masks: map[int]uint64{}, columns: map[int]uint64{}, lists: map[int]map[int]uint64{}, seen: map[string]bool{}}
	for _, r := range rules {
		x.rule(r)
	}
	x.out.facts, x.out.columns = namedOf(x.masks), -1
	if len(x.columns) > 0 {
		x.out.columns = p.loop(looped{namedOf(x.columns), x.inOrder})
	}
	for list, members := range x.lists {
		x.out.lists = append(x.out.lists, listed{list, looped{namedOf(members), x.inOrder}})
	}
	slices.SortFunc(x.out.lists, func(a, b listed) int { return a.list - b.list })
	slices.Sort(x.out.numbers)
	return x.out
}

// namedOf sorts masks by fact.
func namedOf(masks map[int]uint64) []named {
	out := make([]named, 0, len(masks))
	for i, mask := range masks {
		n := named{fact: i, mask: mask}
		for rest := mask; rest != 0; rest &= rest - 1 {
			n.at = append(n.at, uint8(bits.TrailingZeros64(rest)))
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b named) int { return a.fact - b.fact })
	return out
}

// loop returns the place of what a loop over columns looks at, which items have
// in common.
func (p *program) loop(l looped) int {
	same := func(o looped) bool {
		return o.inOrder == l.inOrder && slices.EqualFunc(o.members, l.members, func(a, b named) bool { return a.fact == b.fact && a.mask == b.mask })
	}
	if k := slices.IndexFunc(p.loops, same); k >= 0 {
		return k
	}
	p.loops = append(p.loops, l)
	return len(p.loops) - 1
}

// comparison returns the place of a comparison, which items have in common. What
// must be proven is compared in either view, for the bounds.
func (p *program) comparison(c compare) int {
	for _, o := range []*operand{&c.left, &c.right} {
		if o.view == "proven" || o.view == "unproven" {
			o.view = "is"
		}
	}
	if k := slices.Index(p.compares, c); k >= 0 {
		return k
	}
	p.compares = append(p.compares, c)
	return len(p.compares) - 1
}

func (x *projector) rule(name string) {
	if x.seen[name] {
		return
	}
	x.seen[name] = true
	r := x.p.rules[name]
	switch {
	case r == nil: // undefined, whatever the dataset
	case r.opaque:
		x.everything(r.reads)
	default:
		for _, c := range r.clauses {
			x.clause(c)
		}
	}
}

func (x *projector) clause(c clause) {
	for _, cond := range c {
		switch v := cond.(type) {
		case has:
			x.value(v.fact, v.mask)
		case someColumn:
			x.masks[v.fact] |= v.mask
		case compare:
			if k := x.p.comparison(v); !slices.Contains(x.out.compares, k) {
				x.out.compares = append(x.out.compares, k)
			}
		case loop:
			if v.list >= 0 {
				x.list(v.list)
			} else {
				x.column(0, 0) // how many kinds there are counts even when nothing is named
			}
			x.clause(v.body)
		case of:
			x.rule(v.rule)
		}
	}
}

// value notes a named value of a fact. One about columns or about the elements
// of a list may be looked at one by one.
func (x *projector) value(fact int, mask uint64) {
	s := x.p.space
	if j := slices.Index(s.Columns, fact); j >= 0 {
		x.column(j, mask)
		return
	}
	x.masks[fact] |= mask
	if l := s.ListOf(fact); l >= 0 {
		x.list(l)
		x.lists[l][slices.Index(s.Lists[l], fact)] |= mask
	}
}

func (x *projector) column(j int, mask uint64) { x.columns[j] |= mask }

func (x *projector) list(l int) {
	if x.lists[l] == nil {
		x.lists[l] = map[int]uint64{}
	}
}

// everything notes all that a rule mentions.
func (x *projector) everything(r *reads) {
	s := x.p.space
	x.inOrder = true
	for _, i := range r.facts {
		x.masks[i] |= s.Facts[i].All()
		if !slices.Contains(x.out.numbers, i) {
			x.out.numbers = append(x.out.numbers, i)
		}
	}
	lists := slices.Clone(r.lists)
	for _, i := range r.facts {
		if l := s.ListOf(i); l >= 0 && !slices.Contains(lists, l) {
			lists = append(lists, l)
		}
	}
	for _, l := range lists {
		x.list(l)
		for k, m := range s.Lists[l] {
			x.lists[l][k] |= s.Facts[m].All()
		}
	}
	if r.columns {
		for j, i := range s.Columns {
			x.columns[j] |= s.Facts[i].All()
		}
	}
}

// append appends the projection of a dataset.
func (p *projection) append(b []byte, s *states) []byte {
	for k := range p.facts {
		st := &s.x.states[p.facts[k].fact]
		b = p.facts[k].append(b, st.Yes, st.No)
	}
	var acc byte
	for k, n := range p.compares {
		acc = acc<<2 | s.compare(n)
		if k%4 == 3 {
			b, acc = append(b, acc), 0
		}
	}
	b = append(b, acc)
	for _, i := range p.numbers {
		b = appendNumbers(b, &s.x.states[i])
	}
	if p.columns >= 0 {
		kinds := s.columns(p.columns)
		b = binary.LittleEndian.AppendUint16(b, uint16(len(kinds)))
		b = append(b, kinds...)
	}
	for k := range p.lists {
		b = s.elements(b, &p.lists[k])
	}
	return b
}

// append appends which of the named values certainly hold and certainly do not.
func (n *named) append(b []byte, yes, no uint64) []byte {
	if len(n.at) > 8 {
		b = binary.LittleEndian.AppendUint64(b, yes&n.mask)
		return binary.LittleEndian.AppendUint64(b, no&n.mask)
	}
	var y, m byte
	for k, bit := range n.at {
		y |= byte(yes>>bit&1) << k
		m |= byte(no>>bit&1) << k
	}
	if len(n.at) > 4 {
		return append(b, y, m)
	}
	return append(b, y|m<<4)
}

func appendNumbers(b []byte, st *facts.State) []byte {
	if st.Void {
		return append(b, 1)
	}
	b = append(b, 0)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(st.Low))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(st.High))
}

// states are the states of one dataset as one checklist sees them, with what
// the projections of its items have in common.
type states struct {
	t *tables
	x explainer
	// kinds are the columns as loops look at them, by place in program.loops.
	kinds [][]byte
	// sides are the outcomes of the comparisons, 0 for those not made yet.
	sides []byte
	key   []byte
}

// compare tells whether a comparison holds of what is known, and of what is
// possible.
func (s *states) compare(n int) byte {
	const done = 4
	if s.sides[n] == 0 {
		c := &s.x.p.compares[n]
		s.sides[n] = done
		for k, possible := range [2]bool{false, true} {
			if c.holds(&s.x, scope{possible: possible, column: -1, list: -1}) {
				s.sides[n] |= 1 << k
			}
		}
	}
	return s.sides[n] &^ done
}

// columns returns the kinds of columns that a loop can tell apart, each once.
func (s *states) columns(loop int) []byte {
	if s.kinds[loop] != nil {
		return s.kinds[loop]
	}
	entries := make([]*facts.Entry, len(s.x.c.Columns))
	for k := range entries {
		entries[k] = &s.x.c.Columns[k].Entry
	}
	b := []byte{0}
	if s.x.c.HasSchema {
		b[0] = 1
	}
	b = s.x.p.loops[loop].append(b, entries)
	s.kinds[loop] = b
	return b
}

// elements appends the kinds of elements of a list, and whether there may be any.
func (s *states) elements(b []byte, l *listed) []byte {
	list := s.x.c.Entries[l.list]
	st := &s.x.states[l.list]
	b = append(b, 0)
	if st.High > 0 && !st.Void {
		b[len(b)-1] = 1
	}
	entries := make([]*facts.Entry, len(list))
	for k := range entries {
		entries[k] = &list[k]
	}
	n := len(b)
	b = l.append(append(b, 0, 0), entries)
	binary.LittleEndian.PutUint16(b[n:], uint16(len(b)-n-2))
	return b
}

// append appends what the members of each element say: sorted and each kind
// once, unless the order counts.
func (l *looped) append(b []byte, entries []*facts.Entry) []byte {
	var kinds [][]byte
	var buffer [1024]byte
	scratch := buffer[:0]
	for _, e := range entries {
		from := len(scratch)
		for k := range l.members {
			st := &e.States[l.members[k].fact]
			scratch = l.members[k].append(scratch, st.Yes, st.No)
		}
		kind := scratch[from:len(scratch):len(scratch)]
		if l.inOrder {
			kinds = append(kinds, kind)
			continue
		}
		at, found := slices.BinarySearchFunc(kinds, kind, bytes.Compare)
		if found {
			scratch = scratch[:from]
			continue
		}
		kinds = slices.Insert(kinds, at, kind)
	}
	for _, kind := range kinds {
		b = append(b, kind...)
	}
	return b
}

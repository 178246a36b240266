package engine

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sort"

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
	// loops are places in program.loops.
	loops []int
}

// named is a fact with the names of its values that count, as bits.
type named struct {
	fact int // index of the fact; in a loop the place among the members
	mask uint64
	at   []uint8 // the numbers of the mask's bits
}

// looped is what counts of the columns or of the elements of a list one by one:
// a loop that can be read asks whether there is one of some kind; of any other
// the order and number count too.
type looped struct {
	list    int // index of the list, inColumns for columns
	members []named
	inOrder bool
}

// Where a condition stands that is no index of a list.
const (
	inColumns = -1 // in a loop over columns
	outside   = -2 // in no loop
)

// projector gathers a projection from rules.
type projector struct {
	p     *program
	out   projection
	masks map[int]uint64
	// loops are masks by the place among the members, by list.
	loops   map[int]map[int]uint64
	inOrder bool
	seen    map[standing]bool
}

// standing is a rule and where it is asked for.
type standing struct {
	rule string
	in   int
}

// project gathers what the named rules can tell apart.
func (p *program) project(rules ...string) projection {
	x := &projector{p: p, masks: map[int]uint64{}, loops: map[int]map[int]uint64{}, seen: map[standing]bool{}}
	for _, r := range rules {
		x.rule(r, outside)
	}
	x.out.facts = namedOf(x.masks)
	for list, members := range x.loops {
		x.out.loops = append(x.out.loops, p.loop(looped{list, namedOf(members), x.inOrder}))
	}
	slices.Sort(x.out.loops)
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

// loop returns the place of what a loop looks at, which items have in common.
func (p *program) loop(l looped) int {
	same := func(o looped) bool {
		return o.list == l.list && o.inOrder == l.inOrder && slices.EqualFunc(o.members, l.members, func(a, b named) bool { return a.fact == b.fact && a.mask == b.mask })
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

func (x *projector) rule(name string, in int) {
	if x.seen[standing{name, in}] {
		return
	}
	x.seen[standing{name, in}] = true
	r := x.p.rules[name]
	switch {
	case r == nil: // undefined, whatever the dataset
	case r.opaque:
		x.everything(r.reads)
	default:
		for _, c := range r.clauses {
			x.clause(c, in)
		}
	}
}

func (x *projector) clause(c clause, in int) {
	for _, cond := range c {
		switch v := cond.(type) {
		case has:
			x.value(v.fact, v.mask, in)
		case someColumn:
			x.masks[v.fact] |= v.mask
		case compare:
			if k := x.p.comparison(v); !slices.Contains(x.out.compares, k) {
				x.out.compares = append(x.out.compares, k)
			}
		case loop:
			list := inColumns
			if v.list >= 0 {
				list = v.list
			}
			x.loop(list) // whether there are any counts even when nothing is named
			x.clause(v.body, list)
		case of:
			x.rule(v.rule, in)
		}
	}
}

// value notes a named value of a fact: of the elements of the loop, or of the
// dataset.
func (x *projector) value(fact int, mask uint64, in int) {
	members := x.p.space.Lists[in]
	if in == inColumns {
		members = x.p.space.Columns
	}
	if k := slices.Index(members, fact); k >= 0 {
		x.loop(in)[k] |= mask
		return
	}
	x.masks[fact] |= mask
}

func (x *projector) loop(list int) map[int]uint64 {
	if x.loops[list] == nil {
		x.loops[list] = map[int]uint64{}
	}
	return x.loops[list]
}

// everything notes all that a rule mentions.
func (x *projector) everything(r *reads) {
	s := x.p.space
	x.inOrder = true
	lists := slices.Clone(r.lists)
	for _, i := range r.facts {
		x.masks[i] |= s.Facts[i].All()
		if !slices.Contains(x.out.numbers, i) {
			x.out.numbers = append(x.out.numbers, i)
		}
		if l := s.ListOf(i); l >= 0 {
			lists = append(lists, l)
		}
	}
	for _, l := range lists {
		for k, m := range s.Lists[l] {
			x.loop(l)[k] |= s.Facts[m].All()
		}
	}
	if r.columns {
		for k, m := range s.Columns {
			x.loop(inColumns)[k] |= s.Facts[m].All()
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
	for _, n := range p.loops {
		kinds := s.loop(n)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(kinds)))
		b = append(b, kinds...)
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
	// kinds are the columns and elements as loops look at them.
	kinds [][]byte
	// scratch is where kinds are put together.
	scratch []byte
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

// loop returns the kinds of columns or elements that a loop can tell apart, and
// whether there may be others.
func (s *states) loop(n int) []byte {
	if s.kinds[n] != nil {
		return s.kinds[n]
	}
	l := &s.x.p.loops[n]
	c := s.x.c
	from := len(s.scratch)
	if l.list == inColumns {
		s.scratch = append(s.scratch, bit(c.HasSchema)|bit(len(c.Columns) > 0)<<1)
		for k := range c.Columns {
			s.scratch = l.append(s.scratch, from+1, &c.Columns[k].Entry)
		}
	} else {
		st, entries := &s.x.states[l.list], c.Entries[l.list]
		s.scratch = append(s.scratch, bit(st.High > 0 && !st.Void)|bit(len(entries) > 0)<<1)
		for k := range entries {
			s.scratch = l.append(s.scratch, from+1, &entries[k])
		}
	}
	s.kinds[n] = s.scratch[from:len(s.scratch):len(s.scratch)]
	return s.kinds[n]
}

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// append appends what the members of an element say behind those that begin at
// from: sorted and each kind once, unless the order counts.
func (l *looped) append(b []byte, from int, e *facts.Entry) []byte {
	old := len(b)
	for k := range l.members {
		st := &e.States[l.members[k].fact]
		b = l.members[k].append(b, st.Yes, st.No)
	}
	size := len(b) - old
	if l.inOrder || size == 0 {
		return b
	}
	kind := b[old:]
	n := (old - from) / size
	at, found := sort.Find(n, func(i int) int { return bytes.Compare(kind, b[from+i*size:from+(i+1)*size]) })
	if found {
		return b[:old]
	}
	var moved [64]byte
	held := append(moved[:0], kind...)
	copy(b[from+(at+1)*size:], b[from+at*size:old])
	copy(b[from+at*size:], held)
	return b
}

package engine

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"puntari/internal/facts"
)

// The input of the policies has these parts. Each holds facts by path; what a
// fact holds says what may be relied on.
//
//	is          values that hold: personalData.releaseLevel.aggregated
//	isnt        values that do not hold
//	proven      as is, but an open question proves nothing, in either view
//	unproven    as isnt, and true while a question is open, in either view
//	some_column, no_column   what holds of some column, of no column
//	column_count             how many columns, lowest and highest
//	proven_column            as some_column, but an open question proves nothing
//	columns                  the columns one by one, each with is and isnt
//
// A number has lowest and highest, a date days and months from the assessment's
// date, a list its size. There are two views of the same facts: what is known,
// where an open question has no values, and what is possible, where it has all.
const (
	viewIs       = "is"
	viewIsnt     = "isnt"
	viewProven   = "proven"
	viewUnproven = "unproven"

	viewColumnCount = "column_count"
)

var (
	keyIs           = ast.InternedTerm(viewIs)
	keyIsnt         = ast.InternedTerm(viewIsnt)
	keyProven       = ast.InternedTerm(viewProven)
	keyUnproven     = ast.InternedTerm(viewUnproven)
	keySomeColumn   = ast.InternedTerm("some_column")
	keyNoColumn     = ast.InternedTerm("no_column")
	keyColumnCount  = ast.InternedTerm(viewColumnCount)
	keyColumns      = ast.InternedTerm("columns")
	keyProvenColumn = ast.InternedTerm("proven_column")
	keyLowest       = ast.InternedTerm("lowest")
	keyHighest      = ast.InternedTerm("highest")
	keyDays         = ast.InternedTerm("days")
	keyMonths       = ast.InternedTerm("months")
	keySize         = ast.InternedTerm("size")
	keyEntries      = ast.InternedTerm("entries")
	yes             = ast.InternedTerm(true)
)

// inputs are the inputs for one checklist: the facts as known and as possible,
// and the same with open questions counting for what must be proven (for the
// bounds). The halves are made when they are first asked for.
type inputs struct {
	v      *view
	c      *facts.Case
	states []facts.State
	// only tells which facts are read, nil when all may be.
	only []bool
	// parts are is, isnt and the columns of the known and of the possible view.
	parts [2]*half
}

type half struct {
	is, isnt *ast.Term
	columns  [4]*ast.Term
}

func (in *inputs) half(possible bool) *half {
	n := 0
	if possible {
		n = 1
	}
	if in.parts[n] == nil {
		in.parts[n] = &half{
			is:      in.v.facts(in.c, in.states, in.only, side{possible, false}),
			isnt:    in.v.facts(in.c, in.states, in.only, side{possible, true}),
			columns: in.v.columns(in.c, in.states, possible),
		}
	}
	return in.parts[n]
}

func (in *inputs) known() ast.Value {
	return in.assemble(in.half(false), in.half(false).is, in.half(true).isnt)
}

func (in *inputs) possible() ast.Value {
	return in.assemble(in.half(true), in.half(false).is, in.half(true).isnt)
}

func (in *inputs) boundKnown() ast.Value {
	return in.assemble(in.half(false), in.half(false).is, in.half(false).isnt)
}

func (in *inputs) boundPossible() ast.Value {
	return in.assemble(in.half(true), in.half(true).is, in.half(true).isnt)
}

// of is the input for a view.
func (in *inputs) of(possible, bounds bool) ast.Value {
	switch {
	case possible && bounds:
		return in.boundPossible()
	case possible:
		return in.possible()
	case bounds:
		return in.boundKnown()
	}
	return in.known()
}

func (in *inputs) assemble(h *half, proven, unproven *ast.Term) ast.Value {
	return ast.NewObject(
		[2]*ast.Term{keyIs, h.is}, [2]*ast.Term{keyIsnt, h.isnt},
		[2]*ast.Term{keyProven, proven}, [2]*ast.Term{keyUnproven, unproven},
		[2]*ast.Term{keySomeColumn, h.columns[0]}, [2]*ast.Term{keyNoColumn, h.columns[1]},
		[2]*ast.Term{keyColumnCount, h.columns[2]}, [2]*ast.Term{keyColumns, h.columns[3]},
		[2]*ast.Term{keyProvenColumn, in.half(false).columns[0]},
	)
}

// view builds inputs. It keeps the terms it has made, since most facts have few
// values; it is not safe for concurrent use.
type view struct {
	e     *Engine
	tree  *branch
	names [][]*ast.Term // the name terms of each fact
	attr  []*ast.Term   // the attribute name of each fact about columns
	cache map[termKey]*ast.Term
	// pairs are columns as terms, by their states.
	pairs map[string]*ast.Term
	bytes []byte
	// lookup is memory for what is looked up in the tables.
	lookup states
}

// branch is a part of the paths of facts.
type branch struct {
	key      *ast.Term
	fact     int // -1 where the path goes on
	children []*branch
	members  []*branch // of a list of objects
}

type termKey struct {
	fact         int
	mask         uint64
	low, high    float64
	void, number bool
}

const cacheLimit = 1 << 14

func newView(e *Engine) *view {
	v := &view{e: e, tree: &branch{fact: -1}, cache: map[termKey]*ast.Term{}, pairs: map[string]*ast.Term{}}
	v.names = make([][]*ast.Term, len(e.Space.Facts))
	for i := range e.Space.Facts {
		f := &e.Space.Facts[i]
		for _, n := range f.Names {
			v.names[i] = append(v.names[i], ast.StringTerm(n))
		}
		if !strings.Contains(f.Path, "[]") {
			v.tree.insert(strings.Split(f.Path, "."), i, e.Space)
		}
	}
	for _, i := range e.Space.Columns {
		v.attr = append(v.attr, ast.StringTerm(strings.TrimPrefix(e.Space.Facts[i].Path, facts.ColumnPrefix)))
	}
	return v
}

func (b *branch) insert(words []string, fact int, s *facts.Space) {
	var next *branch
	for _, c := range b.children {
		if c.key.Value.Compare(ast.String(words[0])) == 0 {
			next = c
		}
	}
	if next == nil {
		next = &branch{key: ast.StringTerm(words[0]), fact: -1}
		b.children = append(b.children, next)
	}
	if len(words) > 1 {
		next.insert(words[1:], fact, s)
		return
	}
	next.fact = fact
	for _, m := range s.Lists[fact] {
		path := s.Facts[m].Path
		next.members = append(next.members, &branch{key: ast.StringTerm(path[strings.LastIndexByte(path, '.')+1:]), fact: m})
	}
}

// side tells which half of the facts is built: of the known or possible view,
// the values that hold or those that do not.
type side struct{ possible, not bool }

// mask is the names that the side shows.
func (s side) mask(f *facts.Fact, st facts.State) uint64 {
	switch {
	case !s.possible && !s.not:
		return st.Yes
	case !s.possible:
		return st.No
	case !s.not:
		return f.All() &^ st.No
	}
	return f.All() &^ st.Yes
}

// inputs prepares the inputs for one checklist, with the facts that are read.
func (v *view) inputs(c *facts.Case, states []facts.State, only []bool) *inputs {
	return &inputs{v: v, c: c, states: states, only: only}
}

// asking builds what the conditions of questions read: what is possible. None
// asks for what is proven; prepareAsked sees to that.
func (v *view) asking(c *facts.Case, only []bool) ast.Value {
	is, isnt := v.facts(c, c.Risk, only, side{true, false}), v.facts(c, c.Risk, only, side{true, true})
	columns := v.columns(c, c.Risk, true)
	return ast.NewObject(
		[2]*ast.Term{keyIs, is}, [2]*ast.Term{keyIsnt, isnt},
		[2]*ast.Term{keySomeColumn, columns[0]}, [2]*ast.Term{keyNoColumn, columns[1]},
		[2]*ast.Term{keyColumnCount, columns[2]}, [2]*ast.Term{keyColumns, columns[3]},
	)
}

func (v *view) facts(c *facts.Case, states []facts.State, only []bool, s side) *ast.Term {
	if only == nil {
		only = v.e.used
	}
	return v.branch(c, v.tree, states, only, s)
}

func (v *view) branch(c *facts.Case, b *branch, states []facts.State, only []bool, s side) *ast.Term {
	if b.fact >= 0 {
		if !only[b.fact] {
			return nil
		}
		return v.fact(c, b, states, s)
	}
	o := make([][2]*ast.Term, 0, len(b.children))
	for _, child := range b.children {
		if t := v.branch(c, child, states, only, s); t != nil {
			o = append(o, [2]*ast.Term{child.key, t})
		}
	}
	if len(o) == 0 && b.key != nil {
		return nil
	}
	return ast.ObjectTerm(o...)
}

// fact builds what one fact holds.
func (v *view) fact(c *facts.Case, b *branch, states []facts.State, s side) *ast.Term {
	f := &v.e.Space.Facts[b.fact]
	if f.Kind != facts.Objects {
		return v.value(b.fact, states[b.fact], s)
	}
	st := states[b.fact]
	o := [][2]*ast.Term{{keySize, ast.ObjectTerm(v.range_(st, s)...)}}
	for _, m := range b.members {
		o = append(o, [2]*ast.Term{m.key, v.value(m.fact, states[m.fact], s)})
	}
	o = append(o, [2]*ast.Term{keyEntries, v.entries(c, b, st, s)})
	return ast.ObjectTerm(o...)
}

// entries builds the elements of a list one by one. A list that is not known
// may have an element of any kind.
func (v *view) entries(c *facts.Case, b *branch, st facts.State, s side) *ast.Term {
	entries := c.Entries[b.fact]
	var out []*ast.Term
	for k := range entries {
		out = append(out, v.pair(func(i int) *ast.Term { return b.members[i].key }, v.memberFacts(b), entries[k].States, s.possible))
	}
	if s.possible && len(entries) == 0 && st.High > 0 && !st.Void {
		out = append(out, v.pair(func(i int) *ast.Term { return b.members[i].key }, v.memberFacts(b), make([]facts.State, len(b.members)), true))
	}
	return ast.ArrayTerm(out...)
}

func (v *view) memberFacts(b *branch) []int {
	out := make([]int, len(b.members))
	for i, m := range b.members {
		out[i] = m.fact
	}
	return out
}

// pair builds an element or a column: what it is and what it is not.
func (v *view) pair(key func(int) *ast.Term, of []int, states []facts.State, possible bool) *ast.Term {
	var is, isnt [][2]*ast.Term
	for k, i := range of {
		if !v.e.used[i] {
			continue
		}
		is = append(is, [2]*ast.Term{key(k), v.value(i, states[k], side{possible, false})})
		isnt = append(isnt, [2]*ast.Term{key(k), v.value(i, states[k], side{possible, true})})
	}
	return ast.ObjectTerm([2]*ast.Term{keyIs, ast.ObjectTerm(is...)}, [2]*ast.Term{keyIsnt, ast.ObjectTerm(isnt...)})
}

// value builds the values of a fact that is not a list of objects.
func (v *view) value(i int, st facts.State, s side) *ast.Term {
	f := &v.e.Space.Facts[i]
	key := termKey{fact: i, mask: s.mask(f, st)}
	number := f.Kind == facts.Amount || f.Kind == facts.Day || f.Kind == facts.Texts || f.Kind == facts.Choice && f.Field != nil && f.Field.IsList()
	if number {
		key.number, key.void = s.possible, st.Void
		key.low, key.high = st.Low, st.High
	}
	if t, ok := v.cache[key]; ok {
		return t
	}
	o := make([][2]*ast.Term, 0, bits.OnesCount64(key.mask)+2)
	for n, t := range v.names[i] {
		if key.mask&(1<<n) != 0 {
			o = append(o, [2]*ast.Term{t, yes})
		}
	}
	switch {
	case !number:
	case f.Kind == facts.Amount:
		o = append(o, v.range_(st, s)...)
	case f.Kind == facts.Day:
		days := v.range_(st, s)
		months := st
		months.Low, months.High = facts.Months(st.Low), facts.Months(st.High)
		o = append(o, [2]*ast.Term{keyDays, ast.ObjectTerm(days...)}, [2]*ast.Term{keyMonths, ast.ObjectTerm(v.range_(months, s)...)})
	default:
		o = append(o, [2]*ast.Term{keySize, ast.ObjectTerm(v.range_(st, s)...)})
	}
	t := ast.ObjectTerm(o...)
	if len(v.cache) < cacheLimit {
		v.cache[key] = t
	}
	return t
}

// range_ builds the lowest and highest number. What is known of an open number
// is the empty range, so that no comparison holds.
func (v *view) range_(st facts.State, s side) [][2]*ast.Term {
	low, high := st.Low, st.High
	if !s.possible {
		low, high = high, low
	}
	if st.Void {
		low, high = facts.Far, -facts.Far
	}
	return [][2]*ast.Term{{keyLowest, number(low)}, {keyHighest, number(high)}}
}

func number(x float64) *ast.Term {
	if i := int(x); float64(i) == x {
		return ast.InternedTerm(i)
	}
	return ast.FloatNumberTerm(x)
}

// column builds a column. Columns that are alike are the same term.
func (v *view) column(states []facts.State, possible bool) *ast.Term {
	v.bytes = v.bytes[:0]
	if possible {
		v.bytes = append(v.bytes, 1)
	}
	for _, st := range states {
		v.bytes = binary.LittleEndian.AppendUint64(v.bytes, st.Yes)
		v.bytes = binary.LittleEndian.AppendUint64(v.bytes, st.No)
	}
	if t, ok := v.pairs[string(v.bytes)]; ok {
		return t
	}
	t := v.pair(func(k int) *ast.Term { return v.attr[k] }, v.e.Space.Columns, states, possible)
	if len(v.pairs) >= cacheLimit {
		clear(v.pairs)
	}
	v.pairs[string(v.bytes)] = t
	return t
}

// columns builds what holds of some column, of none, how many, and the columns
// one by one; columns that are alike are listed once.
func (v *view) columns(c *facts.Case, states []facts.State, possible bool) [4]*ast.Term {
	s := v.e.Space
	var some, no, count [][2]*ast.Term
	for j, i := range s.Columns {
		if !v.e.used[i] {
			continue
		}
		some = append(some, [2]*ast.Term{v.attr[j], v.value(i, states[i], side{possible, false})})
		no = append(no, [2]*ast.Term{v.attr[j], v.value(i, states[i], side{possible, true})})
		if v.e.counted[i] == 0 {
			continue
		}
		var names [][2]*ast.Term
		for n, t := range v.names[i] {
			if v.e.counted[i]&(1<<n) == 0 {
				continue
			}
			st := facts.State{}
			for k := range c.Columns {
				col := c.Columns[k].States[j]
				if col.Yes&(1<<n) != 0 {
					st.Low++
				}
				if col.No&(1<<n) == 0 {
					st.High++
				}
			}
			if !c.HasSchema {
				st.High = facts.Far
			}
			names = append(names, [2]*ast.Term{t, ast.ObjectTerm(v.range_(st, side{possible: possible})...)})
		}
		count = append(count, [2]*ast.Term{v.attr[j], ast.ObjectTerm(names...)})
	}
	var columns []*ast.Term
	add := func(states []facts.State) {
		t := v.column(states, possible)
		if !slices.Contains(columns, t) {
			columns = append(columns, t)
		}
	}
	for k := range c.Columns {
		add(c.Columns[k].States)
	}
	if !c.HasSchema && possible {
		add(make([]facts.State, len(s.Columns)))
	}
	return [4]*ast.Term{ast.ObjectTerm(some...), ast.ObjectTerm(no...), ast.ObjectTerm(count...), ast.ArrayTerm(columns...)}
}

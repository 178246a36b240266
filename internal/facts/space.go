// Package facts turns a descriptor into the facts that policies read: for each
// field which values it has, may have, or cannot have. It is mechanical; what a
// fact means is said in policies/.
//
// A fact is known, open, or taken for granted because its question does not
// matter. From the facts two views are made: what is known, and what is
// possible while questions are open. A policy is written once, without
// negation, and evaluated against both: what holds in the first is certain,
// what does not hold even in the second is excluded, and what holds only in the
// second is not known.
package facts

import (
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"puntari/internal/checklist"
	"puntari/internal/claims"
)

// Far stands for a number beyond every threshold.
const Far = 1e15

// Kind tells how the values of a fact are held.
type Kind uint8

// The kinds of facts.
const (
	Choice  Kind = iota // named values, in Yes and No
	Amount              // a number, in Low and High
	Day                 // a date or a duration, as days, and whether it is set
	Text                // whether it is set
	Texts               // a list of texts: named values and markers, and its length
	Objects             // a list of objects: its length, and members of its own
)

// Fact is one fact: a field of the descriptor or something computed from fields.
type Fact struct {
	Kind Kind
	// list tells that several values may hold at once.
	list bool
	// neverAsked tells that there is no question about it.
	neverAsked bool
	// FieldIndex is the index of the field in the catalogue, -1 for computed facts.
	FieldIndex int
	// onlyWhen is the index of the fact that makes this one count, or -1, and the
	// mask that it must have.
	onlyWhen     int
	onlyWhenMask uint64
	all          uint64
	// set is the mask of the name for having a value, 0 without it.
	set uint64
	// Names are the named values: the field's values, its groups and markers.
	Names []string
	// scalars are the states of a fact that has just one value, by name.
	scalars []State
	bit     map[string]uint64
	// groups holds for each name from firstGroup on the mask of its values.
	firstGroup int
	groups     []uint64
	// Path is the field's path; members of columns and other objects are
	// "schema.fields[].type".
	Path string
	// Field is nil for computed facts.
	Field *checklist.Field
	// From are the paths of the fields that a computed fact rests on.
	From []string
	// assumed is the state when the question is not asked.
	assumed State
	// askOf limits a column's question: fact index and mask, any of which suffices.
	askOf []ask
	// column is the place among the facts about columns, or -1.
	column int
	// Asked is the name of the condition in package puntari.asked, "always" or "never".
	Asked string
}

type ask struct {
	fact int
	mask uint64
}

// State is what is known of a fact.
type State struct {
	// Yes are the names that certainly hold, No those that certainly do not.
	Yes, No uint64
	// Low and High bound the number.
	Low, High float64
	// Void facts never satisfy a condition on their number.
	Void bool
}

// Space knows all facts of a field catalogue.
type Space struct {
	Facts []Fact
	index map[string]int
	// Columns are the indexes of the facts about columns; Lists those about the
	// elements of other lists of objects, by the index of the list.
	Columns []int
	Lists   map[int][]int
	listOf  []int
	// alone are the facts that lie in no list and come from a field; role and
	// transforms are those attributes of columns.
	alone            []int
	role, transforms int
	// places are those of the computed facts and of what they come from.
	places struct {
		start, end, span, described, value, tested, contradicted int
	}
	// conditional are the facts whose question is asked on a condition.
	conditional []int
	names       *ColumnNames
	free        sync.Pool // of *memory
	claims      *claims.Rules
}

// ColumnPrefix is how the paths of facts about columns begin.
const ColumnPrefix = "schema.fields[]."

// The computed facts.
const (
	TemporalSpan   = "dataset.temporalSpan"
	DescribedShare = "schema.describedShare"
	ValueScore     = "value.score"
	// Tested and Contradicted are how many statements were compared with the
	// measured file, and how many of them it contradicts.
	Tested       = "evidence.tested"
	Contradicted = "evidence.contradicted"
)

// NewSpace prepares the facts of a catalogue.
func NewSpace(c *checklist.Catalogue) (*Space, error) {
	s := &Space{index: map[string]int{}, Lists: map[int][]int{}, names: NewColumnNames(&c.Lexicon), claims: claims.New(c)}
	for i := range c.Descriptor.Fields {
		f := &c.Descriptor.Fields[i]
		if f.SameAs != "" || f.RecordOnly {
			continue
		}
		if err := s.add(f, i); err != nil {
			return nil, err
		}
	}
	p := &s.places
	p.start, p.end = s.Index("dataset.temporalStart"), s.Index("dataset.temporalEnd")
	p.span = s.compute(TemporalSpan, Day, "dataset.temporalStart", "dataset.temporalEnd")
	p.described = s.compute(DescribedShare, Amount, "schema.fields[].description")
	p.value = s.compute(ValueScore, Amount)
	p.tested = s.compute(Tested, Amount)
	p.contradicted = s.compute(Contradicted, Amount)
	return s, s.link()
}

// compute adds a computed fact.
func (s *Space) compute(path string, k Kind, from ...string) int {
	i := len(s.Facts)
	s.index[path] = i
	s.Facts = append(s.Facts, Fact{Path: path, Kind: k, FieldIndex: -1, From: from, onlyWhen: -1, Asked: "always", bit: map[string]uint64{}})
	return i
}

// Index returns the index of the fact with the path, or -1.
func (s *Space) Index(path string) int {
	if i, ok := s.index[path]; ok {
		return i
	}
	return -1
}

func (s *Space) add(f *checklist.Field, fieldIndex int) error {
	x := Fact{Path: f.Path, Field: f, FieldIndex: fieldIndex, onlyWhen: -1, Asked: f.AskWhen, bit: map[string]uint64{}, list: f.IsList()}
	if x.Asked == "" {
		x.Asked = "never"
	}
	x.neverAsked = x.Asked == "never"
	switch f.Type {
	case "enum":
		x.Kind = Choice
	case "tri":
		x.Kind = Choice
		x.Names = []string{"yes", "no"}
	case "integer", "number":
		x.Kind = Amount
	case "date", "duration":
		x.Kind = Day
		x.Names = []string{"set"}
	case "list<object>":
		x.Kind = Objects
	default:
		x.Kind = Text
		if f.IsList() {
			x.Kind = Texts
		} else {
			x.Names = []string{"set"}
		}
	}
	for _, v := range f.Values {
		x.Names = append(x.Names, v.Value)
	}
	groups := slices.Sorted(maps.Keys(f.Groups))
	for _, g := range groups {
		for _, v := range f.Groups[g] {
			if !slices.Contains(x.Names, v) {
				x.Names = append(x.Names, v) // values of an open vocabulary
			}
		}
	}
	markers := slices.Sorted(maps.Keys(f.Markers))
	x.Names = append(x.Names, markers...)
	x.firstGroup = len(x.Names)
	x.Names = append(x.Names, groups...)
	if len(x.Names) > 64 {
		return fmt.Errorf("checklists: %s: more than 64 values, groups and markers", f.Path)
	}
	for i, n := range x.Names {
		if _, twice := x.bit[n]; twice {
			return fmt.Errorf("checklists: %s: %s is there twice among its values, groups and markers", f.Path, n)
		}
		x.bit[n] = 1 << i
		x.all |= 1 << i
	}
	for _, g := range groups {
		var mask uint64
		for _, v := range f.Groups[g] {
			mask |= x.bit[v]
		}
		x.groups = append(x.groups, mask)
	}
	for i := range x.Names {
		x.scalars = append(x.scalars, x.only(1<<i))
	}
	x.set = x.bit["set"]
	i := len(s.Facts)
	s.index[f.Path] = i
	if strings.HasPrefix(f.Path, ColumnPrefix) {
		s.Columns = append(s.Columns, i)
	} else if l := f.ListPath(); l != "" {
		if list, ok := s.index[l]; ok {
			s.Lists[list] = append(s.Lists[list], i)
		}
	}
	if x.Kind == Objects {
		s.Lists[i] = nil
	}
	s.Facts = append(s.Facts, x)
	// The measures have no field of their own for the list.
	if f.Path == "mitigations[].code" {
		s.index["mitigations"] = len(s.Facts)
		s.Lists[len(s.Facts)] = nil
		s.Facts = append(s.Facts, Fact{Path: "mitigations", Kind: Objects, FieldIndex: -1, onlyWhen: -1, Asked: "never", bit: map[string]uint64{}})
	}
	return nil
}

// link resolves what facts say about other facts.
func (s *Space) link() error {
	s.listOf = slices.Repeat([]int{-1}, len(s.Facts))
	for l, members := range s.Lists {
		for _, m := range members {
			s.listOf[m] = l
		}
	}
	s.role, s.transforms = s.Index(ColumnPrefix+"disclosureRole"), s.Index(ColumnPrefix+"transforms")
	for i := range s.Facts {
		x := &s.Facts[i]
		x.column = slices.Index(s.Columns, i)
		f := x.Field
		if f != nil && !strings.Contains(x.Path, "[]") {
			s.alone = append(s.alone, i)
		}
		if f == nil {
			x.assumed = State{Void: true, No: x.all}
			continue
		}
		if f.OnlyWhen != nil {
			j := s.Index(f.OnlyWhen.Path)
			if j < 0 {
				return fmt.Errorf("checklists: %s: onlyWhen names %s, which is not a field", f.Path, f.OnlyWhen.Path)
			}
			x.onlyWhen, x.onlyWhenMask = j, s.Facts[j].bit[f.OnlyWhen.Value]
		}
		for name, values := range f.AskOf {
			j := s.Index(ColumnPrefix + name)
			if j < 0 {
				return fmt.Errorf("checklists: %s: askOf names %s, which is not an attribute of columns", f.Path, name)
			}
			var mask uint64
			for _, v := range values {
				b, ok := s.Facts[j].bit[v]
				if !ok {
					return fmt.Errorf("checklists: %s: askOf: %s is not a value of %s", f.Path, v, name)
				}
				mask |= b
			}
			x.askOf = append(x.askOf, ask{j, mask})
		}
		var err error
		if x.assumed, err = x.assume(f.WhenNotAsked); err != nil {
			return err
		}
		if x.Asked != "always" && x.Asked != "never" {
			s.conditional = append(s.conditional, i)
		}
	}
	return nil
}

// assume is the state of a fact whose question is not asked.
func (x *Fact) assume(value any) (st State, err error) {
	switch v := value.(type) {
	case nil:
		// Nothing is taken for granted: no condition on it holds. Whether a text
		// or date is set stays a question of the descriptor itself.
		return State{Void: true, No: x.all}, nil
	case string:
		if x.Kind == Day {
			d, ok := durationDays(v)
			if !ok {
				return State{}, fmt.Errorf("checklists: %s: whenNotAsked %q is not a duration", x.Path, v)
			}
			return State{Yes: x.set, Low: d, High: d}, nil
		}
		if x.Kind == Text {
			return State{Yes: x.set}, nil
		}
		if _, ok := x.bit[v]; !ok {
			return State{}, fmt.Errorf("checklists: %s: whenNotAsked %q is not a value of the field", x.Path, v)
		}
		x.scalar(v, &st)
		return st, nil
	case []any:
		l := make([]string, len(v))
		for i := range v {
			l[i] = fmt.Sprint(v[i])
		}
		return x.listed(l), nil
	case int:
		return State{Low: float64(v), High: float64(v)}, nil
	case float64:
		return State{Low: v, High: v}, nil
	}
	return State{}, fmt.Errorf("checklists: %s: whenNotAsked has an unknown kind", x.Path)
}

// open is the state of a fact that is not known at all.
func open() State { return State{Low: -Far, High: Far} }

// IsOpen tells that nothing is known of a fact.
func (s *State) IsOpen() bool { return *s == open() }

// fewNames is up to how many names looking at one after the other takes less time
// than a map.
const fewNames = 12

// scalar sets the state of a fact that has one value.
func (x *Fact) scalar(v string, st *State) {
	if len(x.Names) <= fewNames {
		for i, name := range x.Names {
			if name == v {
				*st = x.scalars[i]
				return
			}
		}
	} else if b := x.bit[v]; b != 0 {
		*st = x.scalars[bits.TrailingZeros64(b)]
		return
	}
	*st = State{No: x.all}
}

// only is the state of a fact that has one value, with the groups that it is in.
func (x *Fact) only(b uint64) State {
	yes := b
	for i, mask := range x.groups {
		if mask&b != 0 {
			yes |= 1 << (x.firstGroup + i)
		}
	}
	return State{Yes: yes, No: x.all &^ yes}
}

// listed is the state of a list of texts. An entry "unknown" leaves all values
// possible that are not listed.
func (x *Fact) listed(l []string) State {
	st := State{Low: float64(len(l)), High: float64(len(l))}
	doubt := false
	for _, v := range l {
		if v == "unknown" {
			doubt = true
			continue
		}
		st.Yes |= x.bit[v]
		if x.Field != nil {
			for m, text := range x.Field.Markers {
				if strings.Contains(v, text) {
					st.Yes |= x.bit[m]
				}
			}
		}
	}
	for i, mask := range x.groups {
		if mask&st.Yes != 0 {
			st.Yes |= 1 << (x.firstGroup + i)
		}
	}
	if !doubt {
		st.No = x.all &^ st.Yes
	}
	return st
}

// NamesOf returns the names of the bits of a mask.
func (x *Fact) NamesOf(mask uint64) []string {
	var out []string
	for i, n := range x.Names {
		if mask&(1<<i) != 0 {
			out = append(out, n)
		}
	}
	return out
}

// Bit returns the mask of a name, 0 for one that the fact does not have.
func (x *Fact) Bit(name string) uint64 { return x.bit[name] }

// All is the mask of all names.
func (x *Fact) All() uint64 { return x.all }

// Whole is the number of days in a month, for conditions in months.
const daysPerMonth = 30.44

// Months turns days into months.
func Months(days float64) float64 {
	if math.Abs(days) >= Far {
		return days
	}
	return days / daysPerMonth
}

// AskOf returns the facts about columns that limit a question about a column.
func (s *Space) AskOf(i int) []int {
	var out []int
	for _, a := range s.Facts[i].askOf {
		out = append(out, a.fact)
	}
	return out
}

// OnlyWhen returns the fact that makes this one count and the values that it
// must have, or -1.
func (x *Fact) OnlyWhen() (fact int, mask uint64) { return x.onlyWhen, x.onlyWhenMask }

// AskOfMask returns the values of the attribute a that make the question i asked.
func (s *Space) AskOfMask(i, a int) uint64 {
	var mask uint64
	for _, x := range s.Facts[i].askOf {
		if x.fact == a {
			mask |= x.mask
		}
	}
	return mask
}

// Column is the place of a fact among those about columns, or -1.
func (x *Fact) Column() int { return x.column }

// ListOf returns the list of objects that the fact is a member of, or -1.
func (s *Space) ListOf(i int) int { return s.listOf[i] }

package disclosure

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Change makes one column coarser.
type Change struct {
	// ID names the change; different within a search.
	ID     string
	Column string
	// To has the new code for each code of the column; codes that go together get
	// the same. Nil drops the column.
	To []uint32
}

// Errors of changes.
var (
	ErrRecoding   = errors.New("a recoding needs a new code for each code of the column")
	ErrTwoChanges = errors.New("two changes of the same column or with the same ID")
	ErrGoal       = errors.New("a goal needs a k of at least 1 and at least one set to try")
)

// MergeSmall is the recoding that puts the values with fewer than least records
// into one group, after the recoding to when it is not nil. When they are fewer
// than least together, the values with the fewest records of the others go with
// them.
func (t *Table) MergeSmall(column string, to []uint32, least int) ([]uint32, error) {
	codes, err := t.selected([]string{column})
	if err != nil {
		return nil, err
	}
	if to == nil {
		to = make([]uint32, codes[0].Distinct())
		for v := range to {
			to[v] = uint32(v)
		}
	}
	if len(to) < codes[0].Distinct() {
		return nil, fmt.Errorf("%w: %q", ErrRecoding, column)
	}
	records := map[uint32]int{}
	for v, n := range codes[0].frequency {
		records[to[v]] += int(n)
	}
	// By number too, so that the same ones go each time.
	order := slices.SortedFunc(maps.Keys(records), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(records[a], records[b]), cmp.Compare(a, b))
	})
	merged, together := map[uint32]bool{}, 0
	for _, v := range order {
		if records[v] >= least && (together == 0 || together >= least) {
			break
		}
		merged[v] = true
		together += records[v]
	}
	number := map[uint32]uint32{}
	out := make([]uint32, codes[0].Distinct())
	for v := range out {
		if merged[to[v]] {
			continue
		}
		n, ok := number[to[v]]
		if !ok {
			n = uint32(len(number) + 1)
			number[to[v]] = n
		}
		out[v] = n
	}
	return out, nil
}

// Rare is the number of records whose value in a column has fewer than least.
func (t *Table) Rare(column string, least int) (int, error) {
	codes, err := t.selected([]string{column})
	if err != nil {
		return 0, err
	}
	rare := 0
	for _, n := range codes[0].frequency {
		if int(n) < least {
			rare += int(n)
		}
	}
	return rare, nil
}

// Effect is what the classes are after some changes.
type Effect struct {
	// Changes are the IDs of the changes made, in order; none is before.
	Changes []string `json:"changes"`
	// Histogram is the classes afterwards, in entities when the table has any. Exact.
	Histogram Histogram `json:"histogram"`
	// Entities are the entities of the classes; nil without any.
	Entities *Entities `json:"entities,omitempty"`
}

// WhatIf computes the classes on the columns after each set of changes. Changes
// of columns that are not among them have no effect. An empty set is the table
// as it is.
func (t *Table) WhatIf(ctx context.Context, columns []string, sets [][]Change) ([]Effect, error) {
	byName, err := t.named(columns)
	if err != nil {
		return nil, err
	}
	for _, set := range sets {
		if err := t.valid(set, true); err != nil {
			return nil, err
		}
	}
	return t.effects(ctx, byName, sets)
}

// valid checks changes by themselves, and whether they can be made together.
func (t *Table) valid(changes []Change, together bool) error {
	ids, changed := map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		codes, err := t.selected([]string{c.Column})
		if err != nil {
			return err
		}
		if c.To != nil && len(c.To) < codes[0].Distinct() {
			return fmt.Errorf("%w: %q", ErrRecoding, c.ID)
		}
		if ids[c.ID] || together && changed[c.Column] {
			return fmt.Errorf("%w: %q", ErrTwoChanges, c.ID)
		}
		ids[c.ID], changed[c.Column] = true, true
	}
	return nil
}

func (t *Table) effects(ctx context.Context, columns []Column, sets [][]Change) ([]Effect, error) {
	out := make([]Effect, len(sets))
	err := t.each(ctx, columns, sets, func(ctx context.Context, c *counter, f *family) error {
		effects, err := c.counts(ctx, f.others, f.of)
		if err != nil {
			return err
		}
		for m, i := range f.members {
			out[i] = effects[m]
			out[i].Changes = []string{}
			for _, change := range sets[i] {
				out[i].Changes = append(out[i].Changes, change.ID)
			}
			slices.Sort(out[i].Changes)
		}
		return nil
	})
	return out, err
}

// family are sets of changes that differ in the last change alone, which is one of
// the same column: the classes on the other columns are computed once.
type family struct {
	members []int
	// others are the columns that are the same for all members, of is the further
	// one of each.
	others, of []view
}

// each calls fn with all families of sets, on several workers.
func (t *Table) each(ctx context.Context, columns []Column, sets [][]Change, fn func(context.Context, *counter, *family) error) error {
	families := familiesOf(columns, sets)
	workers, state := t.counters(len(families), codesOf(columns))
	return parallel(ctx, workers, len(families), state, func(ctx context.Context, c *counter, i int) error {
		return fn(ctx, c, families[i])
	})
}

func familiesOf(columns []Column, sets [][]Change) []*family {
	var out []*family
	known := map[string]*family{}
	for i, set := range sets {
		key := ""
		if n := len(set) - 1; n >= 0 {
			var ids []string
			for _, c := range set[:n] {
				ids = append(ids, c.ID)
			}
			key = fmt.Sprintf("%q %q", ids, set[n].Column)
		}
		f := known[key]
		if f == nil {
			f = &family{}
			known[key], out = f, append(out, f)
		}
		f.members = append(f.members, i)
	}
	for _, f := range out {
		set := sets[f.members[0]]
		if len(f.members) == 1 {
			var last view
			f.others, last = narrowest(changed(columns, set))
			f.of = []view{last}
			continue
		}
		n := len(set) - 1
		at := slices.IndexFunc(columns, func(c Column) bool { return c.Name == set[n].Column })
		if at < 0 {
			f.others = changed(columns, set[:n])
			f.of = make([]view, len(f.members)) // a change of no column that counts
			continue
		}
		f.others = changed(slices.Delete(slices.Clone(columns), at, at+1), set[:n])
		for _, i := range f.members {
			var v view
			if to := sets[i][n].To; to != nil {
				v = view{columns[at].Codes, to}
			}
			f.of = append(f.of, v)
		}
	}
	return out
}

// changed are the columns after a set of changes.
func changed(columns []Column, set []Change) []view {
	var views []view
	for _, column := range columns {
		at := slices.IndexFunc(set, func(c Change) bool { return c.Column == column.Name })
		switch {
		case at < 0:
			views = append(views, view{codes: column.Codes})
		case set[at].To != nil:
			views = append(views, view{column.Codes, set[at].To})
		}
	}
	return views
}

// Goal is what a plan has to reach.
type Goal struct {
	// K and MaxBelow: at most MaxBelow records may be left in classes of fewer
	// than K. With 0 every class has at least K; with more, those records would
	// have to be taken out.
	K, MaxBelow int
	// MaxSets is the most sets of changes to try one after another before the rest
	// of the search is greedy.
	MaxSets int
}

// Plan is the smallest set of changes found that reaches a goal.
type Plan struct {
	// Reached tells whether After fulfils the goal.
	Reached bool `json:"reached"`
	// Proven tells that no smaller set reaches it, or, when it is not reached,
	// that no set of the changes does. It is false when the search was greedy.
	Proven bool `json:"proven"`
	// Tried is the number of sets computed.
	Tried  int    `json:"tried"`
	Before Effect `json:"before"`
	// After is the effect of the plan, or of the best set found.
	After Effect `json:"after"`
}

// Plan looks for the fewest changes, one for each column at most, after which
// the classes on the columns fulfil the goal; among sets of the same size the
// one that leaves most classes, that is most detail. Sets of one change are
// tried, then of two, and so on, leaving out those that cannot reach the goal
// because not even all changes of their columns together do: a coarser column
// never leaves more records in small classes.
func (t *Table) Plan(ctx context.Context, columns []string, changes []Change, goal Goal) (*Plan, error) {
	if goal.K < 1 || goal.MaxSets < 1 {
		return nil, ErrGoal
	}
	if err := t.valid(changes, false); err != nil {
		return nil, err
	}
	byName, err := t.named(columns)
	if err != nil {
		return nil, err
	}
	s := &planner{table: t, columns: byName, goal: goal, by: map[string][]Change{}}
	for _, c := range byName {
		for _, change := range changes {
			if change.Column == c.Name {
				s.by[c.Name] = append(s.by[c.Name], change)
			}
		}
		if of := s.by[c.Name]; of != nil {
			slices.SortFunc(of, func(a, b Change) int { return cmp.Compare(a.ID, b.ID) })
			s.changed = append(s.changed, c.Name)
		}
	}
	return s.plan(ctx)
}

type planner struct {
	table   *Table
	columns []Column
	goal    Goal
	// by has the changes of each column, changed the columns that have any.
	by      map[string][]Change
	changed []string
	tried   int
}

// below is for each set the number of records left in classes smaller than
// wanted, or some number above most.
func (s *planner) below(ctx context.Context, sets [][]Change, most int) ([]int, error) {
	s.tried += len(sets)
	out := make([]int, len(sets))
	err := s.table.each(ctx, s.columns, sets, func(ctx context.Context, c *counter, f *family) error {
		below, err := c.below(ctx, f.others, f.of, s.goal.K, most)
		for m, n := range below {
			out[f.members[m]] = n
		}
		return err
	})
	return out, err
}

// reaching are the sets that reach the goal.
func (s *planner) reaching(ctx context.Context, sets [][]Change) ([][]Change, error) {
	below, err := s.below(ctx, sets, s.goal.MaxBelow)
	var out [][]Change
	for i, set := range sets {
		if below[i] <= s.goal.MaxBelow {
			out = append(out, set)
		}
	}
	return out, err
}

// best is the effect that leaves most classes, of sets of which there is one at
// least.
func (s *planner) best(ctx context.Context, sets [][]Change) (Effect, []Change, error) {
	effects, err := s.table.effects(ctx, s.columns, sets)
	if err != nil {
		return Effect{}, nil, err
	}
	best := 0
	for i := range effects {
		if better(effects[i], effects[best]) < 0 {
			best = i
		}
	}
	return effects[best], sets[best], nil
}

// better puts effects that fulfil the goal in order: most classes first.
func better(a, b Effect) int {
	return cmp.Or(cmp.Compare(b.Histogram.Classes(), a.Histogram.Classes()), slices.Compare(a.Changes, b.Changes))
}

func (s *planner) plan(ctx context.Context) (*Plan, error) {
	all := make([]Change, len(s.changed))
	for i, c := range s.changed {
		all[i] = s.together(c)
	}
	before, _, err := s.best(ctx, [][]Change{nil})
	if err != nil {
		return nil, err
	}
	p := &Plan{Before: before, After: before, Proven: true}
	s.tried = 1
	if before.Histogram.Below(s.goal.K) <= s.goal.MaxBelow {
		p.Reached, p.Tried = true, s.tried
		return p, nil
	}
	most, err := s.reaching(ctx, [][]Change{all})
	if err != nil {
		return nil, err
	}
	if len(most) > 0 {
		err = s.search(ctx, p)
	} else {
		// Not even everything at once is enough: what the greedy search finds is
		// offered as the best there is.
		err = s.greedy(ctx, p)
	}
	p.Tried = s.tried
	return p, err
}

// together is a change at least as coarse as every change of a column: values
// go together when any change puts them together.
func (s *planner) together(column string) Change {
	changes := s.by[column]
	if len(changes) == 1 {
		return changes[0]
	}
	n := s.table.columns[s.table.index[column]].Codes.Distinct()
	root := make([]uint32, n)
	for v := range root {
		root[v] = uint32(v)
	}
	find := func(v uint32) uint32 {
		for root[v] != v {
			root[v] = root[root[v]]
			v = root[v]
		}
		return v
	}
	for _, c := range changes {
		if c.To == nil {
			return Change{ID: column, Column: column}
		}
		first := map[uint32]uint32{}
		for v, to := range c.To[:n] {
			if f, ok := first[to]; ok {
				root[find(uint32(v))] = find(f)
			} else {
				first[to] = uint32(v)
			}
		}
	}
	for v := range root {
		root[v] = find(uint32(v))
	}
	return Change{ID: column, Column: column, To: root}
}

// search tries all sets by size.
func (s *planner) search(ctx context.Context, p *Plan) error {
	for size := 1; size <= len(s.changed); size++ {
		selections := subsets(s.changed, size)
		if s.tried+len(selections) > s.goal.MaxSets {
			p.Proven = false
			return s.greedy(ctx, p)
		}
		bounds := make([][]Change, len(selections))
		for i, of := range selections {
			for _, c := range of {
				bounds[i] = append(bounds[i], s.together(c))
			}
		}
		most, err := s.below(ctx, bounds, s.goal.MaxBelow)
		if err != nil {
			return err
		}
		var sets [][]Change
		for i, of := range selections {
			if most[i] > s.goal.MaxBelow {
				continue
			}
			more := 1
			for _, c := range of {
				more *= len(s.by[c])
			}
			if s.tried+len(sets)+more > s.goal.MaxSets {
				p.Proven = false
				return s.greedy(ctx, p)
			}
			sets = append(sets, s.choices(of)...)
		}
		if sets, err = s.reaching(ctx, sets); err != nil {
			return err
		}
		if len(sets) > 0 {
			p.Reached = true
			p.After, _, err = s.best(ctx, sets)
			return err
		}
	}
	// Only several changes of one column at once would be enough.
	return s.greedy(ctx, p)
}

// choices are the sets with one change for each of the columns.
func (s *planner) choices(columns []string) [][]Change {
	sets := [][]Change{nil}
	for _, c := range columns {
		var longer [][]Change
		for _, set := range sets {
			for _, change := range s.by[c] {
				longer = append(longer, append(slices.Clone(set), change))
			}
		}
		sets = longer
	}
	return sets
}

func subsets(of []string, size int) [][]string {
	if size == 0 {
		return [][]string{nil}
	}
	var out [][]string
	for i := range of {
		for _, rest := range subsets(of[i+1:], size-1) {
			out = append(out, append([]string{of[i]}, rest...))
		}
	}
	return out
}

// greedy makes the change that leaves the fewest records in small classes, again
// and again, and at last takes back what proves not to be needed.
func (s *planner) greedy(ctx context.Context, p *Plan) error {
	var made []Change
	now := p.Before.Histogram.Below(s.goal.K)
	for now > s.goal.MaxBelow {
		var sets [][]Change
		for _, column := range s.changed {
			rest := slices.DeleteFunc(slices.Clone(made), func(c Change) bool { return c.Column == column })
			for _, change := range s.by[column] {
				sets = append(sets, append(slices.Clone(rest), change))
			}
		}
		below, err := s.below(ctx, sets, s.table.rows)
		if err != nil {
			return err
		}
		least := slices.Min(append(below, now))
		if least == now {
			break
		}
		now = least
		var ties [][]Change
		for i, set := range sets {
			if below[i] == least {
				ties = append(ties, set)
			}
		}
		if p.After, made, err = s.best(ctx, ties); err != nil {
			return err
		}
	}
	for p.Reached = now <= s.goal.MaxBelow; p.Reached && len(made) > 1; {
		var sets [][]Change
		for i := range made {
			sets = append(sets, slices.Delete(slices.Clone(made), i, i+1))
		}
		sets, err := s.reaching(ctx, sets)
		if err != nil {
			return err
		}
		if len(sets) == 0 {
			break
		}
		if p.After, made, err = s.best(ctx, sets); err != nil {
			return err
		}
	}
	return nil
}

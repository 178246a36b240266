package evidence

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/disclosure"
	"puntari/internal/table"
)

// risk measures how well records can be told apart.
func (m *measurement) risk(ctx context.Context) error {
	var columns []disclosure.Column
	var quasi []string
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		if c.Quasi {
			quasi = append(quasi, c.Name.text)
		}
		if x := m.coded.columns[i]; x != nil {
			columns = append(columns, disclosure.Column{Name: c.Name.text, Codes: x.codes})
		}
	}
	if len(quasi) == 0 || m.result.Source.Rows == 0 {
		return nil
	}
	if m.entity >= 0 && slices.ContainsFunc(append(m.quasi(), m.entity), func(i int) bool { return m.coded.columns[i] == nil }) {
		m.limit(LimitMemory) // persons are not counted by digests on disk
		return nil
	}
	if slices.ContainsFunc(m.quasi(), func(i int) bool { return m.coded.columns[i] == nil }) {
		// Without one of the columns the groups would look larger than they are.
		return m.spilled(ctx)
	}
	t, err := disclosure.NewTable(columns...)
	if err != nil {
		return err
	}
	t.Workers, t.Memory = m.o.Workers, m.o.Memory
	if m.entity >= 0 {
		t.Entity = m.result.Columns[m.entity].Name.text
	}
	m.coded.table = t
	steps := []func(context.Context, []string) error{m.scenarios, m.tracks, m.combinations, m.changes, m.contributions}
	if m.result.Rows == RowsEvent && m.entity < 0 {
		// Combinations and changes counted in rows say too little of persons with
		// several.
		steps = steps[:1]
	}
	for _, step := range steps {
		err := step(ctx, quasi)
		var memory *disclosure.MemoryError
		if errors.As(err, &memory) {
			m.limit(LimitMemory)
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scenarios groups the records by what somebody may know.
func (m *measurement) scenarios(ctx context.Context, quasi []string) error {
	done := map[string]bool{}
	for i := range m.rules.Scenarios {
		s := &m.rules.Scenarios[i]
		columns := m.known(s, quasi)
		if len(columns) == 0 || done[fmt.Sprint(columns)] {
			continue
		}
		done[fmt.Sprint(columns)] = true
		classes, err := m.coded.table.Classes(ctx, columns...)
		if err != nil {
			return err
		}
		h := classes.Histogram
		var persons *disclosure.Entities
		if m.entity >= 0 {
			if persons, err = classes.Entities(m.result.Columns[m.entity].Name.text); err != nil {
				return err
			}
			h = persons.Histogram
		}
		if err := m.scenario(s.ID, columns, h, persons); err != nil {
			return err
		}
		if len(s.Knows) == 0 {
			if err := m.sensitive(classes); err != nil {
				return err
			}
		}
	}
	return nil
}

// scenario notes the groups of a scenario. Where a person has several rows the
// figures are of persons.
func (m *measurement) scenario(id string, columns []string, h disclosure.Histogram, persons *disclosure.Entities) (err error) {
	x := Scenario{ID: ID{id}, Columns: m.names(columns), K: h.K(), Classes: h.Classes(), Uniques: h.Uniques(), UniqueShare: h.UniqueShare(),
		Below3: h.Below(3), Below5: h.Below(5), Below10: h.Below(10), MeanRisk: h.MeanRisk()}
	if persons != nil {
		x.Uniques, x.UniqueShare = persons.Below(2), persons.Share(2)
		x.Below3, x.Below5, x.Below10 = persons.Below(3), persons.Below(5), persons.Below(10)
	}
	if m.o.Fraction < 1 {
		l := &m.rules.Limits
		x.Theta, err = h.DIS(disclosure.Sampling{Fraction: m.o.Fraction, MinPairs: l.SamplePairs, Confidence: l.SampleConfidence})
		if err != nil {
			return err
		}
		if persons == nil {
			risks, err := h.Individual(m.o.Fraction)
			if err != nil {
				return err
			}
			risky := risks.Above(m.values.of(m.rules.Judgement.IndividualRisk))
			x.Expected, x.Risky = &risks.Expected, &risky
		}
	}
	m.result.Scenarios = append(m.result.Scenarios, x)
	return err
}

// quasi are the columns that are taken together.
func (m *measurement) quasi() []int {
	var out []int
	for i := range m.result.Columns {
		if m.result.Columns[i].Quasi {
			out = append(out, i)
		}
	}
	return out
}

// spilled groups the records of all scenarios by digests on disk, for files
// whose columns have too many values to be coded in memory. Changes cannot be
// tried then, and sensitive columns not be measured.
func (m *measurement) spilled(ctx context.Context) error {
	type set struct {
		id      string
		names   []string
		columns []int
		spill   *disclosure.Spill
		writers []*disclosure.Writer
	}
	var quasi []string
	for _, i := range m.quasi() {
		quasi = append(quasi, m.result.Columns[i].Name.text)
	}
	var sets []*set
	defer func() {
		for _, s := range sets {
			_ = s.spill.Close() // what it held is of no further use
		}
	}()
	for i := range m.rules.Scenarios {
		x := &set{id: m.rules.Scenarios[i].ID, names: m.known(&m.rules.Scenarios[i], quasi)}
		if len(x.names) == 0 || slices.ContainsFunc(sets, func(o *set) bool { return slices.Equal(o.names, x.names) }) {
			continue
		}
		for _, k := range m.quasi() {
			if slices.Contains(x.names, m.result.Columns[k].Name.text) {
				x.columns = append(x.columns, k)
			}
		}
		x.spill = disclosure.NewSpill("", m.o.Memory/8)
		for range m.o.Workers {
			x.writers = append(x.writers, x.spill.Writer())
		}
		sets = append(sets, x)
	}
	key := disclosure.NewKey()
	records := make([][]byte, m.o.Workers)
	_, err := m.file.Scan(ctx, m.o.Workers, func(n int64) { m.o.Progress(3, n, m.file.Size) }, func(w int, b *table.Block) error {
		return guarded(func() error {
			for r := range b.Rows {
				for _, s := range sets {
					record := records[w][:0]
					for _, i := range s.columns {
						v := trim(b.Column(i).At(r))
						record = binary.AppendUvarint(record, uint64(len(v)))
						record = append(record, v...)
					}
					records[w] = record
					if err := s.writers[w].Add(key.OfBytes(record)); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, s := range sets {
		for _, w := range s.writers {
			if err := w.Flush(); err != nil {
				return err
			}
		}
		h, err := s.spill.Histogram(ctx, m.o.Workers)
		if err != nil {
			return err
		}
		if err := m.scenario(s.id, s.names, h, nil); err != nil {
			return err
		}
	}
	return nil
}

// known are the quasi-identifiers that belong to a scenario.
func (m *measurement) known(s *checklist.Scenario, quasi []string) []string {
	if len(s.Knows) == 0 {
		return quasi
	}
	var out []string
	for _, c := range m.result.Columns {
		if c.Quasi && slices.Contains(s.Knows, c.Attribute.text) {
			out = append(out, c.Name.text)
		}
	}
	return out
}

// names are the names of columns as they may be shown.
func (m *measurement) names(columns []string) []Name {
	out := make([]Name, len(columns))
	for i, name := range columns {
		out[i] = Name{text: name}
	}
	return out
}

// sensitive measures what groups tell of sensitive columns.
func (m *measurement) sensitive(classes *disclosure.Classes) error {
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		if c.Role != SensitiveAttribute || m.coded.columns[i] == nil {
			continue
		}
		s, err := classes.Sensitive(c.Name.text, m.order(i))
		if err != nil {
			return err
		}
		m.result.Sensitive = append(m.result.Sensitive, Sensitive{Column: c.Name, L: s.DistinctL, EntropyL: s.EntropyL, T: s.T, Homogeneous: s.HomogeneousRecords, TOrdered: s.TOrdered})
	}
	return nil
}

// order gives for each code of a column of numbers its place in their order, and
// nil for other columns. What is no number, such as a blank, comes before all.
func (m *measurement) order(i int) []uint32 {
	c, x := &m.result.Columns[i], m.coded.columns[i]
	if !numeric(c) {
		return nil
	}
	var numbers []float64
	if x.known != nil {
		for k := range x.known.entries {
			n, _ := m.figure(x.known.value(k))
			numbers = append(numbers, n)
		}
	} else {
		for _, r := range x.recodings {
			if r.rule == nil {
				numbers = r.read.figures
			}
		}
	}
	if len(numbers) != x.codes.Distinct() {
		return nil
	}
	order := make([]uint32, len(numbers))
	for k := range order {
		order[k] = uint32(k)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(numbers[a], numbers[b]), cmp.Compare(a, b)) })
	rank := make([]uint32, len(order))
	for place, k := range order {
		rank[k] = uint32(place)
	}
	return rank
}

// numeric tells whether the values of a column have the order of numbers.
func numeric(c *Column) bool {
	return c.Type == TypeInteger || c.Type == TypeNumber || c.Type == TypeYear
}

// contributions finds the columns that make records stand out, where groups are
// too small: they are the ones to change first.
func (m *measurement) contributions(ctx context.Context, quasi []string) error {
	if m.entity >= 0 || len(m.result.Scenarios) == 0 || m.result.Scenarios[0].K >= m.goal() {
		return nil
	}
	l := &m.rules.Limits
	found, err := m.coded.table.Contributions(ctx, slices.DeleteFunc(slices.Clone(quasi), m.follows), l.CombinationSize, l.ContributionRows)
	if err != nil {
		return err
	}
	out := &Contributions{Rows: found.Rows, Sampled: found.Basis == disclosure.Sample}
	for _, c := range found.Columns {
		if c.Share > 0 {
			out.Columns = append(out.Columns, Contribution{Name{text: c.Column}, c.Share})
		}
	}
	if len(out.Columns) > 0 {
		m.result.Contributions = out
	}
	return nil
}

// combinations looks for the columns that tell records apart best.
func (m *measurement) combinations(ctx context.Context, quasi []string) error {
	l := &m.rules.Limits
	size := l.CombinationSize
	if m.entity >= 0 {
		// Persons are counted on every row.
		for size > 1 && float64(m.result.Source.Rows)*math.Pow(float64(len(quasi)), float64(size)) > float64(m.rules.Tracks.Work) {
			size--
		}
	}
	x, err := m.coded.table.Combinations(ctx, quasi, disclosure.Search{MaxSize: size, RankRows: l.CombinationRows, Keep: l.CombinationsKept})
	if err != nil {
		return err
	}
	out := &Combinations{Sampled: x.Basis == disclosure.Sample}
	for _, c := range x.Worst {
		out.Worst = append(out.Worst, Combination{Columns: m.names(c.Columns), K: c.K, Uniques: c.Uniques, UniqueShare: c.UniqueShare})
	}
	for _, k := range x.Keys {
		out.Keys = append(out.Keys, m.names(k))
	}
	m.result.Combinations = out
	return nil
}

// changes tries the recodings one by one, and looks for sets that together reach
// the group size asked for.
func (m *measurement) changes(ctx context.Context, quasi []string) error {
	if err := m.findTwins(ctx, quasi); err != nil {
		return err
	}
	// Columns that say the same are changed together, by one of them.
	quasi = slices.DeleteFunc(slices.Clone(quasi), m.follows)
	var all []disclosure.Change
	what := map[string]Change{}
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		if !slices.Contains(quasi, c.Name.text) {
			continue
		}
		for j := range m.rules.Recodings {
			r := &m.rules.Recodings[j]
			if !m.applies(r, c) {
				continue
			}
			to, ok, err := m.recode(i, c, r)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			id := fmt.Sprintf("%d %s", i, r.ID)
			all = append(all, disclosure.Change{ID: id, Column: c.Name.text, To: to})
			what[id] = Change{Recoding: ID{r.ID}, Code: ID{r.Code}, Column: c.Name, With: m.twins[c.Name.text]}
		}
	}
	sets := make([][]disclosure.Change, len(all))
	for i := range all {
		sets[i] = all[i : i+1]
	}
	effects, err := m.coded.table.WhatIf(ctx, quasi, sets)
	if err != nil {
		return err
	}
	for i, e := range effects {
		x := what[all[i].ID]
		x.K, x.Uniques, x.UniqueShare, x.Below5 = e.Histogram.K(), e.Histogram.Uniques(), e.Histogram.UniqueShare(), e.Histogram.Below(5)
		if e.Entities != nil {
			x.Uniques, x.UniqueShare, x.Below5 = e.Entities.Below(2), e.Entities.Share(2), e.Entities.Below(5)
		}
		share, ok, err := m.singledOut(ctx, sets[i])
		if err != nil {
			return err
		}
		if ok {
			x.TrackShare = &share
		}
		m.result.Changes = append(m.result.Changes, x)
	}
	slices.SortStableFunc(m.result.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.K, a.K), cmp.Compare(a.Uniques, b.Uniques))
	})
	if m.goal() < 2 || len(all) == 0 || len(m.result.Scenarios) == 0 || m.result.Scenarios[0].K >= m.goal() {
		return nil
	}
	return m.plans(ctx, quasi, all, what)
}

// plans looks for a plan in each of the ways that the rules list, in their order.
// Of those that reach the goal the one that drops fewest columns is proposed, the
// first of equals; the others are kept. When none does, the first is shown for
// what it is.
func (m *measurement) plans(ctx context.Context, quasi []string, all []disclosure.Change, what map[string]Change) error {
	var plans []*Plan
	for i := range m.rules.Plans {
		r := &m.rules.Plans[i]
		allowed, most := all, 0
		if m.entity < 0 {
			if r.Remove {
				most = int(m.values.of(m.rules.Judgement.Removed) * float64(m.result.Source.Rows))
			}
		} else if r.Remove {
			continue // to take out a row takes nobody out
		}
		if r.Drops == "needed" {
			var err error
			if allowed, err = m.withoutDrops(ctx, quasi, all, most); err != nil {
				return err
			}
		}
		p, err := m.plan(ctx, quasi, allowed, what, most)
		if err != nil {
			return err
		}
		p.ID = ID{r.ID}
		if !slices.ContainsFunc(plans, func(o *Plan) bool { return samePlan(o, p) }) {
			plans = append(plans, p)
		}
	}
	if len(plans) == 0 {
		return nil
	}
	at := max(0, slices.IndexFunc(plans, func(p *Plan) bool { return p.Reached }))
	for i, p := range plans {
		if p.Reached && p.Dropped < plans[at].Dropped {
			at = i
		}
	}
	m.result.Plan = plans[at]
	for i, p := range plans {
		if i != at && p.Reached {
			m.result.Alternatives = append(m.result.Alternatives, *p)
		}
	}
	return nil
}

func samePlan(a, b *Plan) bool {
	key := func(p *Plan) []string {
		var out []string
		for _, c := range p.Changes {
			out = append(out, c.Column.text+" "+c.Recoding.text)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(key(a), key(b))
}

// withoutDrops leaves out dropping a column, except for those that have to go:
// because nobody would be in a large enough group by the column alone however
// coarse, or because all columns as coarse as they get are still too fine. Of the
// latter the one goes first without which the fewest are left in small groups. Of
// the records most may be left in small groups.
func (m *measurement) withoutDrops(ctx context.Context, quasi []string, all []disclosure.Change, most int) ([]disclosure.Change, error) {
	// coarse is the table with every column as coarse as it gets.
	var coarse []disclosure.Column
	var names []string
	key := ""
	dropped := map[string]bool{}
	for _, name := range quasi {
		o, err := m.options(ctx, name, all, most)
		if err != nil {
			return nil, err
		}
		o = slices.DeleteFunc(o, func(o option) bool { return o.ID != "" && o.To == nil })
		if len(o) == 0 {
			dropped[name] = true
			continue
		}
		codes := m.coded.columns[m.columnNamed(name)].codes
		if to := o[len(o)-1].To; to != nil {
			codes = codes.Recode(to)
		}
		key += fmt.Sprintf("%q", name+o[len(o)-1].ID)
		coarse, names = append(coarse, disclosure.Column{Name: name, Codes: codes}), append(names, name)
	}
	if len(names) > 0 {
		if m.worst == nil || m.worst.key != key {
			var err error
			if m.worst, err = m.dropWorst(ctx, coarse, names); err != nil {
				return nil, err
			}
			m.worst.key = key
		}
		for i, small := range m.worst.small[:len(m.worst.names)] {
			if small > most {
				dropped[m.worst.names[i]] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(c disclosure.Change) bool {
		return dropped[c.Column] != (c.To == nil)
	}), nil
}

// drops are the columns that are dropped one after another: small is the number
// of records in small groups before each, and after the last. It does not depend
// on how many may be left, so that plans share it; key tells what it was of.
type drops struct {
	key   string
	names []string
	small []int
}

// dropWorst drops columns until no records are left in small groups.
func (m *measurement) dropWorst(ctx context.Context, columns []disclosure.Column, names []string) (*drops, error) {
	who := m.coded.table.Entity
	if who != "" {
		columns = append(slices.Clone(columns), disclosure.Column{Name: who, Codes: m.coded.columns[m.entity].codes})
	}
	t, err := disclosure.NewTable(columns...)
	if err != nil {
		return nil, err
	}
	t.Workers, t.Memory, t.Entity = m.o.Workers, m.o.Memory, who
	left := slices.Clone(names)
	below := func(e disclosure.Effect) int { return e.Histogram.Below(m.goal()) }
	now, err := t.WhatIf(ctx, left, [][]disclosure.Change{nil})
	if err != nil {
		return nil, err
	}
	out := &drops{small: []int{below(now[0])}}
	for out.small[len(out.small)-1] > 0 && len(left) > 1 {
		sets := make([][]disclosure.Change, len(left))
		for i, name := range left {
			sets[i] = []disclosure.Change{{ID: name, Column: name}}
		}
		effects, err := t.WhatIf(ctx, left, sets)
		if err != nil {
			return nil, err
		}
		best := 0
		for i := range effects {
			if cmp.Or(cmp.Compare(below(effects[i]), below(effects[best])), cmp.Compare(effects[best].Histogram.Classes(), effects[i].Histogram.Classes())) < 0 {
				best = i
			}
		}
		out.names, out.small = append(out.names, left[best]), append(out.small, below(effects[best]))
		left = slices.Delete(left, best, best+1)
	}
	return out, nil
}

// plan looks for the fewest changes that together reach the group size asked for.
//
// The search tries sets of changes, and from a number of sets on takes the best
// next change. It begins where a change can help at all, see begin. Of the
// records most may be left in small groups, to be taken out.
func (m *measurement) plan(ctx context.Context, quasi []string, all []disclosure.Change, what map[string]Change, most int) (*Plan, error) {
	t, rest, forced, err := m.begin(ctx, quasi, all, most)
	if err != nil {
		return nil, err
	}
	left := slices.DeleteFunc(slices.Clone(t.Columns()), func(name string) bool { return !slices.Contains(quasi, name) })
	out := &Plan{Goal: m.goal(), Reached: true, Proven: len(forced) == 0, K: int(m.result.Source.Rows), Groups: 1}
	if m.entity >= 0 {
		out.K = int(m.result.Columns[m.entity].Distinct)
	}
	if len(left) > 0 {
		sets := max(1, min(m.rules.Limits.PlanSets, int(m.rules.Limits.PlanWork/m.result.Source.Rows)/len(m.rules.Plans)))
		p, err := t.Plan(ctx, left, rest, disclosure.Goal{K: m.goal(), MaxBelow: most, MaxSets: sets})
		if err != nil {
			return nil, err
		}
		h := p.After.Histogram
		out.Reached, out.Proven = p.Reached, p.Proven && len(forced) == 0
		out.K, out.Uniques, out.UniqueShare, out.Groups = h.K(), h.Uniques(), h.UniqueShare(), h.Classes()
		if e := p.After.Entities; e != nil {
			out.Uniques, out.UniqueShare = e.Below(2), e.Share(2)
		}
		if below := h.Below(m.goal()); out.Reached && below > 0 {
			h = slices.DeleteFunc(slices.Clone(h), func(s disclosure.SizeCount) bool { return s.Size < m.goal() })
			out.Removed, out.K, out.Uniques, out.UniqueShare, out.Groups = below, h.K(), 0, 0, h.Classes()
		}
		for _, id := range p.After.Changes {
			// It takes the place of the change that the column began with.
			forced = slices.DeleteFunc(forced, func(f string) bool { return what[f].Column == what[id].Column })
			forced = append(forced, id)
		}
	}
	var made []disclosure.Change
	for _, id := range forced {
		c := all[slices.IndexFunc(all, func(c disclosure.Change) bool { return c.ID == id })]
		made = append(made, c)
		out.Changes = append(out.Changes, what[id])
		out.Dropped += len(what[id].With)
		if c.To == nil {
			out.Dropped++
		} else {
			out.Coarser++
		}
	}
	share, ok, err := m.singledOut(ctx, made)
	if err != nil {
		return nil, err
	}
	if ok {
		out.TrackShare = &share
	}
	return out, nil
}

// option is a column as it is, with an empty ID, or after a change, and how many
// classes it has by itself.
type option struct {
	disclosure.Change
	classes int
}

// options are what a column may be in a plan, the finest first: what leaves more
// than may be left in too small a group by itself is in no plan.
func (m *measurement) options(ctx context.Context, name string, all []disclosure.Change, most int) ([]option, error) {
	changes := []disclosure.Change{{Column: name}}
	sets := [][]disclosure.Change{{}}
	for _, c := range all {
		if c.Column == name {
			changes = append(changes, c)
			sets = append(sets, []disclosure.Change{c})
		}
	}
	alone, err := m.coded.table.WhatIf(ctx, []string{name}, sets)
	if err != nil {
		return nil, err
	}
	var out []option
	for i, c := range changes {
		if h := alone[i].Histogram; h.Below(m.goal()) <= most {
			out = append(out, option{c, h.Classes()})
		}
	}
	slices.SortStableFunc(out, func(a, b option) int { return cmp.Compare(b.classes, a.classes) })
	return out, nil
}

// begin makes the changes that every plan needs, and goes on with the columns
// that have most values until not everybody is alone any more: before that no
// single change would help. It returns the table after them, the changes that
// are left to try, and those made.
func (m *measurement) begin(ctx context.Context, quasi []string, all []disclosure.Change, most int) (*disclosure.Table, []disclosure.Change, []string, error) {
	options := map[string][]option{}
	for _, name := range quasi {
		i := m.columnNamed(name)
		if m.coded.columns[i].codes.OnDisk() {
			return nil, nil, nil, &disclosure.MemoryError{Need: m.coded.columns[i].codes.Bytes(), Limit: m.o.Memory}
		}
		o, err := m.options(ctx, name, all, most)
		if err != nil {
			return nil, nil, nil, err
		}
		if len(o) == 0 {
			return m.coded.table, nil, nil, nil // fewer rows than the goal: nothing reaches it
		}
		options[name] = o
	}
	rows := float64(m.result.Source.Rows)
	for {
		product, widest := 1.0, ""
		for _, name := range quasi {
			o := options[name]
			product *= float64(o[0].classes)
			if len(o) > 1 && (widest == "" || o[0].classes > options[widest][0].classes) {
				widest = name
			}
		}
		// With a hundred times more combinations than rows it is clear without
		// counting that nearly all are alone.
		if product < 100*rows || widest == "" {
			t, rest, forced, err := m.state(quasi, options)
			if err != nil {
				return nil, nil, nil, err
			}
			left := slices.DeleteFunc(t.Columns(), func(name string) bool { return name == t.Entity })
			if widest == "" || len(left) == 0 {
				return t, rest, forced, nil
			}
			now, err := t.WhatIf(ctx, left, [][]disclosure.Change{nil})
			if err != nil {
				return nil, nil, nil, err
			}
			if h := now[0].Histogram; float64(h.Below(m.goal())) <= float64(h.Records())/2 {
				return t, rest, forced, nil
			}
		}
		options[widest] = options[widest][1:]
	}
}

func (m *measurement) columnNamed(name string) int {
	return slices.IndexFunc(m.result.Columns, func(c Column) bool { return c.Name.text == name })
}

// state is the table with the first option of each column, the changes that the
// others are, and the changes made.
func (m *measurement) state(quasi []string, options map[string][]option) (*disclosure.Table, []disclosure.Change, []string, error) {
	var columns []disclosure.Column
	var rest []disclosure.Change
	var forced []string
	for _, name := range quasi {
		now, later := options[name][0], options[name][1:]
		codes := m.coded.columns[m.columnNamed(name)].codes
		if now.ID != "" {
			forced = append(forced, now.ID)
			if now.To == nil {
				continue
			}
			codes = codes.Recode(now.To)
		}
		columns = append(columns, disclosure.Column{Name: name, Codes: codes})
		for _, o := range later {
			c, ok := o.Change, true
			if now.ID != "" {
				c, ok = onto(now.To, c)
			}
			if ok {
				rest = append(rest, c)
			}
		}
	}
	if m.entity >= 0 {
		columns = append(columns, disclosure.Column{Name: m.coded.table.Entity, Codes: m.coded.columns[m.entity].codes})
	}
	t, err := disclosure.NewTable(columns...)
	if err != nil {
		return nil, nil, nil, err
	}
	t.Workers, t.Memory, t.Entity = m.o.Workers, m.o.Memory, m.coded.table.Entity
	return t, rest, forced, nil
}

// onto is a change as one of a column that has been changed before; ok is false
// when it is not coarser than that change.
func onto(first []uint32, c disclosure.Change) (disclosure.Change, bool) {
	if c.To == nil {
		return c, true
	}
	n := uint32(0)
	for _, code := range first {
		n = max(n, code+1)
	}
	to, known := make([]uint32, n), make([]bool, n)
	for old, code := range first {
		if known[code] && to[code] != c.To[old] {
			return c, false
		}
		to[code], known[code] = c.To[old], true
	}
	c.To = to
	return c, true
}

// rare is how many records a value must have not to be merged: with fewer than the
// group size it would be in too small a group by itself.
func (m *measurement) rare() int { return max(m.values.whole(m.rules.Judgement.Rare), m.goal()) }

// recode is the new code for each code of a column; ok is false when the
// recoding changes nothing. Nil with ok drops the column.
func (m *measurement) recode(i int, c *Column, r *checklist.Recoding) (to []uint32, ok bool, err error) {
	x := m.coded.columns[i]
	switch r.Does {
	case "drop":
		return nil, true, nil
	case "merge":
		rare, err := m.coded.table.Rare(c.Name.text, m.rare())
		if err != nil {
			return nil, false, err
		}
		if float64(rare) > m.rules.Limits.RareShare*float64(m.coded.table.Rows()) {
			return nil, false, nil // next to nothing of the column would be left
		}
		if to, err = m.coded.table.MergeSmall(c.Name.text, nil, m.rare()); err != nil {
			return nil, false, err
		}
	default:
		for _, rec := range x.recodings {
			if rec.rule == r {
				to = rec.to
			}
		}
		if x.known != nil {
			rec := newRecoder(r)
			for k := range x.known.entries {
				rec.add(x.known.value(k))
			}
			to = rec.to
		}
	}
	if r.MergeRare {
		if to, err = m.coded.table.MergeSmall(c.Name.text, to, m.rare()); err != nil {
			return nil, false, err
		}
	}
	different := map[uint32]bool{}
	for _, n := range to {
		different[n] = true
	}
	return to, len(different) < len(to), nil
}

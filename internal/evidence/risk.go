package evidence

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
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
	if slices.ContainsFunc(m.quasi(), func(i int) bool { return m.coded.columns[i] == nil }) {
		// Without one of the columns the groups would look larger than they are.
		return m.spilled(ctx)
	}
	t, err := disclosure.NewTable(columns...)
	if err != nil {
		return err
	}
	t.Workers, t.Memory = m.o.Workers, m.o.Memory
	m.coded.table = t
	for _, step := range []func(context.Context, []string) error{m.scenarios, m.combinations, m.changes} {
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
		if err := m.scenario(s.ID, columns, classes.Histogram); err != nil {
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

// scenario notes the groups of a scenario.
func (m *measurement) scenario(id string, columns []string, h disclosure.Histogram) (err error) {
	x := Scenario{ID: ID{id}, Columns: m.names(columns), K: h.K(), Classes: h.Classes(), Uniques: h.Uniques(), UniqueShare: h.UniqueShare(),
		Below3: h.Below(3), Below5: h.Below(5), Below10: h.Below(10), MeanRisk: h.MeanRisk()}
	if m.o.Fraction < 1 {
		l := &m.rules.Limits
		x.Theta, err = h.DIS(disclosure.Sampling{Fraction: m.o.Fraction, MinPairs: l.SamplePairs, Confidence: l.SampleConfidence})
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
						v := trim(b.Cell(i, r))
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
		if err := m.scenario(s.id, s.names, h); err != nil {
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
		s, err := classes.Sensitive(c.Name.text, nil)
		if err != nil {
			return err
		}
		m.result.Sensitive = append(m.result.Sensitive, Sensitive{Column: c.Name, L: s.DistinctL, EntropyL: s.EntropyL, T: s.T, Homogeneous: s.HomogeneousRecords})
	}
	return nil
}

// combinations looks for the columns that tell records apart best.
func (m *measurement) combinations(ctx context.Context, quasi []string) error {
	l := &m.rules.Limits
	x, err := m.coded.table.Combinations(ctx, quasi, disclosure.Search{MaxSize: l.CombinationSize, RankRows: l.CombinationRows, Keep: l.CombinationsKept})
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

// changes tries the recodings one by one, and looks for the fewest that together
// reach the group size asked for.
func (m *measurement) changes(ctx context.Context, quasi []string) error {
	var all []disclosure.Change
	what := map[string]Change{}
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		if !c.Quasi {
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
			what[id] = Change{Recoding: ID{r.ID}, Code: ID{r.Code}, Column: c.Name}
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
		m.result.Changes = append(m.result.Changes, x)
	}
	err = m.plan(ctx, quasi, all, what)
	slices.SortStableFunc(m.result.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.K, a.K), cmp.Compare(a.Uniques, b.Uniques))
	})
	return err
}

func (m *measurement) plan(ctx context.Context, quasi []string, all []disclosure.Change, what map[string]Change) error {
	if m.o.Goal < 2 || len(all) == 0 || len(m.result.Scenarios) == 0 || m.result.Scenarios[0].K >= m.o.Goal {
		return nil
	}
	p, err := m.coded.table.Plan(ctx, quasi, all, disclosure.Goal{K: m.o.Goal, MaxSets: m.rules.Limits.PlanSets})
	if err != nil {
		return err
	}
	h := p.After.Histogram
	out := &Plan{Goal: m.o.Goal, Reached: p.Reached, Proven: p.Proven, K: h.K(), Uniques: h.Uniques(), UniqueShare: h.UniqueShare()}
	for _, id := range p.After.Changes {
		out.Changes = append(out.Changes, what[id])
	}
	m.result.Plan = out
	return nil
}

// recode is the new code for each code of a column; ok is false when the
// recoding changes nothing. Nil with ok drops the column.
func (m *measurement) recode(i int, c *Column, r *checklist.Recoding) (to []uint32, ok bool, err error) {
	x := m.coded.columns[i]
	switch r.Does {
	case "drop":
		return nil, true, nil
	case "merge":
		to, err = m.coded.table.MergeSmall(c.Name.text, m.rules.Limits.SmallGroup)
		if err != nil {
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
	different := map[uint32]bool{}
	for _, n := range to {
		different[n] = true
	}
	return to, len(different) < len(to), nil
}

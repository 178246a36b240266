package evidence

import (
	"cmp"
	"context"
	"slices"

	"puntari/internal/checklist"
	"puntari/internal/disclosure"
)

// Twins are columns that say the same in other words, such as a postal code and
// the name of its area: each determines the other. To change one of them alone
// changes nothing.

// mayBeTwin tells whether a column that nobody would know may say the same as
// one that somebody may: it has as many different values.
func (m *measurement) mayBeTwin(i int) bool {
	c := &m.result.Columns[i]
	if c.Quasi || c.FreeText || c.Constant || c.Unique || c.Role == DirectIdentifier || c.Role == MeasureRole || m.columns[i] == nil || m.result.Rows == RowsAggregate {
		return false
	}
	return slices.ContainsFunc(m.quasi(), func(q int) bool {
		x := &m.result.Columns[q]
		return m.columns[q] != nil && len(m.columns[q].entries) == len(m.columns[i].entries) && c.Filled+c.Blank-c.Distinct >= m.rules.Limits.TwinRepeats && x.Blank == c.Blank
	})
}

// findTwins finds the columns that say the same as a quasi-identifier. Of several
// quasi-identifiers the one leads that most recodings can be made on.
func (m *measurement) findTwins(ctx context.Context, quasi []string) error {
	names := slices.Clone(quasi)
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		if x := m.coded.columns[i]; x != nil && !c.Quasi && i != m.entity && !x.codes.OnDisk() && x.codes.Distinct() > 1 {
			names = append(names, c.Name.text)
		}
	}
	found, err := m.coded.table.Dependencies(ctx, names...)
	if err != nil {
		return err
	}
	both := func(a, b string) bool {
		return slices.Contains(found, disclosure.Dependency{Determinant: a, Dependent: b}) && slices.Contains(found, disclosure.Dependency{Determinant: b, Dependent: a})
	}
	leaders := slices.Clone(quasi)
	slices.SortStableFunc(leaders, func(a, b string) int { return cmp.Compare(m.recodingsOf(b), m.recodingsOf(a)) })
	m.twins, m.led = map[string][]Name{}, map[string]bool{}
	for _, name := range leaders {
		c := &m.result.Columns[m.columnNamed(name)]
		if m.led[name] || c.Filled+c.Blank-c.Distinct < m.rules.Limits.TwinRepeats {
			continue
		}
		for _, other := range names {
			if other != name && !m.led[other] && both(name, other) {
				m.led[other] = true
				m.twins[name] = append(m.twins[name], Name{text: other})
			}
		}
		if len(m.twins[name]) > 0 {
			m.result.Twins = append(m.result.Twins, append([]Name{c.Name}, m.twins[name]...))
		}
	}
	return nil
}

// recodingsOf is how many recodings make a column coarser without taking it away.
func (m *measurement) recodingsOf(name string) int {
	c := &m.result.Columns[m.columnNamed(name)]
	n := 0
	for i := range m.rules.Recodings {
		if r := &m.rules.Recodings[i]; finer(r) && m.applies(r, c) {
			n++
		}
	}
	return n
}

// finer tells whether a recoding looks at what the values mean.
func finer(r *checklist.Recoding) bool { return r.Does != "drop" && r.Does != "merge" }

// follows tells whether a column is changed with another one.
func (m *measurement) follows(name string) bool { return m.led[name] }

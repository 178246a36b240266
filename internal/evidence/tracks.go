package evidence

import (
	"context"
	"slices"

	"puntari/internal/disclosure"
)

// tracks measures how few of a person's own events single the person out, where
// a column joins the events of a person. A column that does not change from event
// to event of a person is no part of a point.
func (m *measurement) tracks(ctx context.Context, quasi []string) error {
	if m.entity < 0 || m.result.Rows != RowsEvent {
		return nil
	}
	who := m.result.Columns[m.entity].Name.text
	fixed, err := m.coded.table.Dependencies(ctx, append(slices.Clone(quasi), who)...)
	if err != nil {
		return err
	}
	rules := &m.rules.Tracks
	out := &Tracks{}
	for i := range m.result.Columns {
		c := &m.result.Columns[i]
		place, time := slices.Contains(rules.Places, c.Attribute.text), slices.Contains(rules.Times, c.Attribute.text)
		if !c.Quasi || !place && !time || slices.Contains(fixed, disclosure.Dependency{Determinant: who, Dependent: c.Name.text}) {
			continue
		}
		out.Points = append(out.Points, c.Name)
		out.Place = out.Place || place
	}
	if len(out.Points) == 0 {
		return nil
	}
	u, err := m.unicity(ctx, m.coded.table, plain(out.Points))
	if err != nil {
		return err
	}
	out.People = u.Entities
	for _, at := range u.Known {
		if at.Drawn > 0 {
			out.Known = append(out.Known, TrackPoint{Points: at.Points, Drawn: at.Drawn, Unique: at.Unique, Share: at.Share})
		}
	}
	m.result.Tracks = out
	return nil
}

// unicity draws people and points. Without points all people look alike.
func (m *measurement) unicity(ctx context.Context, t *disclosure.Table, points []string) (*disclosure.Unicity, error) {
	rules := &m.rules.Tracks
	return t.Unicity(ctx, m.result.Columns[m.entity].Name.text, points, disclosure.Drawing{MaxPoints: m.values.whole(m.rules.Judgement.KnownPoints), Entities: rules.People, Seed: rules.Seed})
}

// singledOut is the share of people whom their events single out after some
// changes, for the most points for which there was anybody, and whether the
// changes concern points at all.
func (m *measurement) singledOut(ctx context.Context, changes []disclosure.Change) (share float64, ok bool, err error) {
	tr := m.result.Tracks
	if tr == nil || len(tr.Known) == 0 {
		return 0, false, nil
	}
	var columns []disclosure.Column
	var points []string
	for _, name := range plain(tr.Points) {
		if m.led[name] {
			continue // its twin says the same
		}
		codes := m.coded.columns[m.columnNamed(name)].codes
		at := slices.IndexFunc(changes, func(c disclosure.Change) bool { return c.Column == name })
		if at >= 0 {
			ok = true
			if changes[at].To == nil {
				continue
			}
			codes = codes.Recode(changes[at].To)
		}
		columns, points = append(columns, disclosure.Column{Name: name, Codes: codes}), append(points, name)
	}
	if !ok || len(points) == 0 {
		return 0, ok, nil
	}
	who := m.result.Columns[m.entity].Name.text
	t, err := disclosure.NewTable(append(columns, disclosure.Column{Name: who, Codes: m.coded.columns[m.entity].codes})...)
	if err != nil {
		return 0, false, err
	}
	t.Workers, t.Memory = m.o.Workers, m.o.Memory
	u, err := m.unicity(ctx, t, points)
	if err != nil {
		return 0, false, err
	}
	for _, at := range u.Known {
		if at.Drawn > 0 {
			share = at.Share
		}
	}
	return share, true, nil
}

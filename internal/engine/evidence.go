package engine

import (
	"cmp"
	"slices"

	"puntari/internal/assessment"
	"puntari/internal/claims"
	"puntari/internal/descriptor"
)

// evidence is what was measured, as the assessment shows it; nil when nothing was.
func evidence(d *descriptor.Dataset, compared []claims.Claim) *assessment.Evidence {
	e := &d.Evidence
	if e.Tool == nil && e.Statements == nil {
		return nil
	}
	whole := func(n *descriptor.Number) int {
		if n == nil {
			return 0
		}
		return int(n.Value)
	}
	out := &assessment.Evidence{
		Tool: text(e.Tool), MeasuredAt: text(e.MeasuredAt), File: text(e.File), Digest: text(e.Digest), Rows: whole(e.Rows),
		Claims: []assessment.Claim{}, Findings: []assessment.MeasuredFinding{}, Groups: []assessment.MeasuredGroup{}, Changes: []assessment.MeasuredChange{},
		Cells: []assessment.MeasuredCells{}, Dominance: []assessment.MeasuredDominance{},
		Sensitive: []assessment.MeasuredSensitive{}, Contributions: []assessment.MeasuredContribution{}, ContributionRows: whole(e.ContributionRows),
		Twins: [][]string{}, Plans: []assessment.MeasuredPlan{}, Tracks: []assessment.MeasuredTrack{}, TrackColumns: append([]string{}, e.TrackColumns...),
		Limits: append([]string{}, e.Limits...), JudgedBy: []assessment.MeasuredParam{},
	}
	for _, p := range e.JudgedBy {
		if p.Param != nil && p.Value != nil {
			out.JudgedBy = append(out.JudgedBy, assessment.MeasuredParam{Param: *p.Param, Value: p.Value.Value})
		}
	}
	for _, c := range compared {
		out.Claims = append(out.Claims, assessment.Claim{Field: c.Field, Stated: c.Stated, Measured: c.Measured, Columns: c.Columns, Result: string(c.Result)})
	}
	order := []string{string(claims.Contradicted), string(claims.Unstated), string(claims.Agreed), string(claims.Untestable)}
	slices.SortStableFunc(out.Claims, func(a, b assessment.Claim) int {
		return cmp.Compare(slices.Index(order, a.Result), slices.Index(order, b.Result))
	})
	for _, f := range e.Findings {
		out.Findings = append(out.Findings, assessment.MeasuredFinding{Column: text(f.Field), Kind: text(f.Kind), Verdict: text(f.Verdict), Count: whole(f.Valid) + whole(f.Inside)})
	}
	for _, s := range e.Scenarios {
		g := assessment.MeasuredGroup{Scenario: text(s.Scenario), Columns: append([]string{}, s.Columns...), K: whole(s.K), Unique: whole(s.Unique)}
		if s.Expected != nil {
			g.Expected = &s.Expected.Value
		}
		out.Groups = append(out.Groups, g)
	}
	for _, x := range e.Tracks {
		if x.Share != nil {
			out.Tracks = append(out.Tracks, assessment.MeasuredTrack{Points: whole(x.Points), Drawn: whole(x.Drawn), Share: x.Share.Value})
		}
	}
	for _, s := range e.Sensitive {
		t := s.T
		if s.TOrdered != nil {
			t = s.TOrdered
		}
		if t != nil {
			out.Sensitive = append(out.Sensitive, assessment.MeasuredSensitive{Column: text(s.Field), Same: whole(s.Homogeneous), T: t.Value})
		}
	}
	for _, x := range e.Contributions {
		if x.Share != nil {
			out.Contributions = append(out.Contributions, assessment.MeasuredContribution{Column: text(x.Field), Share: x.Share.Value})
		}
	}
	for _, t := range e.Twins {
		out.Twins = append(out.Twins, append([]string{}, t.Columns...))
	}
	for _, p := range e.Plans {
		out.Plans = append(out.Plans, assessment.MeasuredPlan{Plan: text(p.Plan), K: whole(p.K), Reached: text(p.Reached) == "yes", Coarser: whole(p.Coarser), Dropped: whole(p.Dropped), Removed: whole(p.Removed), Groups: whole(p.Groups)})
	}
	for _, c := range e.Changes {
		x := assessment.MeasuredChange{Change: text(c.Change), Columns: append([]string{}, c.Columns...), K: whole(c.K), Unique: whole(c.Unique), Planned: text(c.Planned) == "yes", Plan: text(c.Plan), With: c.With}
		if c.TrackShare != nil {
			x.TrackShare = &c.TrackShare.Value
		}
		out.Changes = append(out.Changes, x)
	}
	if text(e.RowsAre) == "aggregate" {
		for _, c := range e.Cells {
			out.Cells = append(out.Cells, assessment.MeasuredCells{Column: text(c.Field), Smallest: whole(c.Smallest), Below5: whole(c.Below5), Hidden: whole(c.Hidden)})
		}
	}
	if e.HiddenCells != nil {
		out.Totals = &assessment.MeasuredTotals{Columns: append([]string{}, e.Totals...), Hidden: whole(e.HiddenCells), Recoverable: whole(e.RecoverableCells), LeftOut: whole(e.LeftOutCells)}
	}
	for _, x := range e.Dominance {
		out.Dominance = append(out.Dominance, assessment.MeasuredDominance{Column: text(x.Field), Contributors: text(x.Contributors), By: append([]string{}, x.By...), Cells: whole(x.Cells), Unsafe: whole(x.Unsafe)})
	}
	return out
}

package wording

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
)

// Scenario is what somebody may know, in words.
func (w *Words) Scenario(id string) string {
	if s := w.Catalogue.Evidence.Scenario(id); s != nil {
		return s.Label.In(w.Lang)
	}
	return id
}

// Recoding is a change tried on the data, in words.
func (w *Words) Recoding(id string) string {
	for i := range w.Catalogue.Evidence.Recodings {
		if r := &w.Catalogue.Evidence.Recodings[i]; r.ID == id {
			return r.Label.In(w.Lang)
		}
	}
	return id
}

// Stated is a value of a statement in words; a list of codes has commas.
func (w *Words) Stated(field, value string) string {
	if value == "" {
		return w.Message("report.evidence.nothing", nil)
	}
	var out []string
	for v := range strings.SplitSeq(value, ", ") {
		out = append(out, w.Value(field, v))
	}
	return strings.Join(out, ", ")
}

// Contradictions are the statements that the file contradicts.
func Contradictions(e *assessment.Evidence) []assessment.Claim {
	if e == nil {
		return nil
	}
	var out []assessment.Claim
	for _, c := range e.Claims {
		if c.Result == "contradicted" {
			out = append(out, c)
		}
	}
	return out
}

// MeasuredRow is a line of what was measured, in words.
type MeasuredRow struct {
	// What it is: a statement, a finding, a group, a change; Of names its subject.
	What, Of string
	// Stated is what the description says, Measured what the file shows, Result
	// what follows.
	Stated, Measured, Result string
	// Grave lines stand against the description.
	Grave bool
}

// Percent is a share in per cent, with the decimal sign of the language. What is
// more than nothing and less than all is never shown as nothing or all.
func (w *Words) Percent(share float64) string {
	switch {
	case share > 0 && share < 0.0005:
		return w.sign("<0.1")
	case share < 1 && share >= 0.9995:
		return w.sign(">99.9")
	}
	return w.sign(strconv.FormatFloat(100*share, 'f', 1, 64))
}

// decimal is a number with the decimal sign of the language.
func (w *Words) decimal(x float64) string { return w.sign(strconv.FormatFloat(x, 'f', -1, 64)) }

func (w *Words) sign(number string) string {
	if w.Lang == "en" {
		return number
	}
	return strings.ReplaceAll(number, ".", ",")
}

// change is a change in words, with the columns that go with it.
func (w *Words) change(c *assessment.MeasuredChange) string {
	if len(c.With) == 0 {
		return w.Recoding(c.Change)
	}
	return w.Message("report.measured.with", map[string]string{"change": w.Recoding(c.Change), "columns": strings.Join(c.With, ", ")})
}

// smallCounts sums up the columns of counts; columns are those with counts from
// 1 to 4, or all when none has any.
func smallCounts(all []assessment.MeasuredCells) (sum assessment.MeasuredCells, columns []string) {
	for i, c := range all {
		if i == 0 || c.Smallest < sum.Smallest {
			sum.Smallest = c.Smallest
		}
		sum.Below5 += c.Below5
	}
	for _, c := range all {
		if c.Below5 > 0 || sum.Below5 == 0 {
			columns = append(columns, c.Column)
		}
	}
	return sum, columns
}

// listed are a few names, and how many more there are.
func (w *Words) listed(names []string) string {
	const shown = 5
	if len(names) <= shown+1 {
		return strings.Join(names, ", ")
	}
	return w.Message("report.measured.more", map[string]string{"names": strings.Join(names[:shown], ", "), "n": strconv.Itoa(len(names) - shown)})
}

// Outdated is a parameter of the policy that had another value when a file was
// measured.
type Outdated struct {
	// Name and Label are what it is called, Then and Now its values in words.
	Name, Label, Then, Now string
}

// Outdated are the parameters by which a file was measured and which have other
// values in the policy of the report.
func (w *Words) Outdated(e *assessment.Evidence) []Outdated {
	if e == nil {
		return nil
	}
	var out []Outdated
	for _, m := range e.JudgedBy {
		p, ok := w.Catalogue.Policy.Params[m.Param]
		if ok && p.Value == m.Value {
			continue
		}
		x := Outdated{Name: m.Param, Label: m.Param, Then: w.decimal(m.Value), Now: w.Message("report.evidence.nothing", nil)}
		if ok {
			x.Label, x.Now = p.Label.In(w.Lang), w.decimal(p.Value)
		}
		out = append(out, x)
	}
	return out
}

// shownContributions is how many columns that make records stand out are shown.
const shownContributions = 3

// most is up to which counts are always told apart.
const most = 20

// Measured puts what was measured into lines, the statements that the file
// contradicts first.
func (w *Words) Measured(e *assessment.Evidence) []MeasuredRow {
	t := func(key string, pairs ...string) string {
		params := map[string]string{}
		for i := 0; i+1 < len(pairs); i += 2 {
			params[pairs[i]] = pairs[i+1]
		}
		return w.Message("report.measured."+key, params)
	}
	number := strconv.Itoa
	var out []MeasuredRow
	outdated := w.Outdated(e)
	for _, p := range outdated {
		out = append(out, MeasuredRow{What: t("param"), Of: p.Label, Stated: t("in_force", "value", p.Now), Measured: t("measured_by", "value", p.Then), Result: t("again"), Grave: true})
	}
	for _, c := range e.Claims {
		out = append(out, MeasuredRow{What: t("statement"), Of: w.Label(c.Field), Stated: w.Stated(c.Field, c.Stated), Measured: w.Stated(c.Field, c.Measured),
			Result: t("result." + c.Result), Grave: c.Result == "contradicted"})
	}
	for _, f := range e.Findings {
		of := f.Column
		if of == "" {
			of = w.Message("describe.beyond", nil)
		}
		out = append(out, MeasuredRow{What: t("finding"), Of: of, Measured: w.Value("evidence.findings[].kind", f.Kind) + ": " + number(f.Count), Result: w.Value("evidence.findings[].verdict", f.Verdict)})
	}
	for _, g := range e.Groups {
		row := MeasuredRow{What: t("group"), Of: w.Scenario(g.Scenario), Stated: strings.Join(g.Columns, ", "), Measured: t("k", "k", number(g.K)), Result: t("unique", "n", number(g.Unique))}
		if g.Expected != nil {
			row.Result += "; " + t("expected", "n", number(int(math.Round(*g.Expected))))
		}
		out = append(out, row)
	}
	for _, s := range e.Sensitive {
		out = append(out, MeasuredRow{What: t("sensitive"), Of: s.Column, Measured: t("same", "n", number(s.Same)), Result: t("apart", "percent", w.Percent(s.T))})
	}
	if n := min(len(e.Contributions), shownContributions); n > 0 {
		var columns []string
		for _, x := range e.Contributions[:n] {
			columns = append(columns, t("part", "column", x.Column, "percent", w.Percent(x.Share)))
		}
		out = append(out, MeasuredRow{What: t("contributions"), Of: strings.Join(columns, ", "), Measured: t("counted", "n", number(e.ContributionRows)), Result: t("first")})
	}
	for _, x := range e.Tracks {
		out = append(out, MeasuredRow{What: t("tracks"), Of: t("points", "n", number(x.Points)), Stated: strings.Join(e.TrackColumns, ", "),
			Measured: t("singled_out", "percent", w.Percent(x.Share)), Result: t("drawn", "n", number(x.Drawn))})
	}
	if cells, columns := smallCounts(e.Cells); len(columns) > 0 {
		row := MeasuredRow{What: t("cells"), Of: w.listed(columns), Measured: t("smallest", "n", number(cells.Smallest)), Result: t("below5", "n", number(cells.Below5))}
		if cells.Smallest > most {
			// It may be one that stands for larger ones.
			row.Measured = t("no_small", "n", number(cells.Smallest-1))
		}
		out = append(out, row)
	}
	if x := e.Totals; x != nil && x.Hidden+x.LeftOut > 0 {
		row := MeasuredRow{What: t("totals"), Of: strings.Join(x.Columns, ", "), Measured: t("hidden", "n", number(x.Hidden)), Result: t("kept"), Grave: x.Recoverable+x.LeftOut > 0}
		switch {
		case x.Recoverable > 0:
			row.Result = t("recoverable", "n", number(x.Recoverable))
		case x.LeftOut > 0:
			row.Result = t("left_out", "n", number(x.LeftOut))
		}
		out = append(out, row)
	}
	for _, x := range e.Dominance {
		row := MeasuredRow{What: t("dominance"), Of: x.Column, Stated: strings.Join(append([]string{x.Contributors}, x.By...), ", "), Measured: t("sums", "n", number(x.Cells)), Result: t("safe"), Grave: x.Unsafe > 0}
		if x.Unsafe > 0 {
			row.Result = t("unsafe", "n", number(x.Unsafe))
		}
		if slices.ContainsFunc(outdated, func(p Outdated) bool { return slices.Contains(w.Catalogue.Evidence.Judgement.Dominance(), p.Name) }) {
			row.Result = t("then", "result", row.Result)
		}
		out = append(out, row)
	}
	for _, columns := range e.Twins {
		out = append(out, MeasuredRow{What: t("twins"), Of: strings.Join(columns, ", "), Result: t("together")})
	}
	for i, p := range e.Plans {
		key := "planned"
		if i > 0 {
			key = "alternative"
		}
		row := MeasuredRow{What: t(key), Measured: t("k", "k", number(p.K)), Result: t("costs", "coarser", number(p.Coarser), "dropped", number(p.Dropped), "groups", number(p.Groups))}
		if p.Removed > 0 {
			row.Result += "; " + t("removed", "n", number(p.Removed))
		}
		if !p.Reached {
			row.What = t("short")
		}
		if rule := w.Catalogue.Evidence.Plan(p.Plan); rule != nil {
			row.Of = rule.Label.In(w.Lang)
		}
		var changes []string
		var still *float64 // of the whole plan
		for _, c := range e.Changes {
			if c.Plan == p.Plan {
				changes = append(changes, strings.Join(c.Columns, ", ")+": "+w.change(&c))
				still = c.TrackShare
			}
		}
		if still != nil {
			row.Result += "; " + t("still", "percent", w.Percent(*still))
		}
		row.Stated = strings.Join(changes, "; ")
		out = append(out, row)
	}
	for _, c := range e.Changes {
		if c.Plan != "" {
			continue
		}
		row := MeasuredRow{What: t("change"), Of: strings.Join(c.Columns, ", "), Stated: w.change(&c), Measured: t("k", "k", number(c.K)), Result: t("unique", "n", number(c.Unique))}
		if c.TrackShare != nil {
			row.Result += "; " + t("still", "percent", w.Percent(*c.TrackShare))
		}
		out = append(out, row)
	}
	for _, l := range e.Limits {
		out = append(out, MeasuredRow{What: t("limit"), Of: w.Value("evidence.limits", l)})
	}
	return out
}

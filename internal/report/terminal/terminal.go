// Package terminal shows an assessment and its open questions as text in a
// terminal: plain, or with colour where the terminal has it. Nothing is said by
// colour alone.
package terminal

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/wording"
)

func (p *Page) heading(key string) {
	p.Line("")
	p.Line(p.Paint(Bold, p.Message(key)))
}

// Summary shows the outcome, its reasons and the next steps.
func Summary(w io.Writer, a *assessment.Assessment, words *wording.Words, style Style) error {
	p := NewPage(w, words, style)
	c, lang := words.Catalogue, words.Lang
	outcome := c.Policy.Outcome(a.Outcome)
	p.Line(p.Paint(Bold, cmp.Or(words.Title(a.Dataset.Title), a.Dataset.Identifier)))
	p.Line(p.Paint(Dim, a.Dataset.Identifier+"  "+p.Message("cli.summary.as_of", "date", a.Date)))
	if a.Profile != nil {
		p.Line(p.Paint(Dim, p.Message("profile.assessed_under", "profile", words.Profile(a.Profile), "n", strconv.Itoa(len(a.Profile.Changes)))))
	}
	p.Line("")
	p.Line(p.Paint(Bold+";"+inked, strings.ToUpper(outcome.Label.In(lang))) + "  (" + a.Outcome + ")")
	p.Wrap("", outcome.Meaning.In(lang))
	p.Line("")
	p.scores(a)
	p.stops(a)
	p.findings(a)
	p.decisive(a)
	p.changes(a)
	p.evidence(a.Evidence)
	if len(a.NotInForce) > 0 {
		p.heading("report.record.notInForce")
		p.Wrap("  ", words.NotInForce(a.NotInForce))
	}
	p.weakened(a)
	p.heading("cli.summary.next")
	p.Wrap("  ", outcome.Next.In(lang))
	if len(a.SignOff.Roles) > 0 {
		p.Wrap("  ", p.Message("cli.summary.signs", "roles", roles(c, a.SignOff.Roles, lang)))
	}
	return p.err
}

// weakened tells of the changes of the profile that weaken a hard stop.
func (p *Page) weakened(a *assessment.Assessment) {
	if a.Profile == nil {
		return
	}
	told := false
	for i := range a.Profile.Changes {
		if c := &a.Profile.Changes[i]; len(c.Weakens) > 0 {
			if !told {
				p.heading("profile.weakened")
			}
			told = true
			p.Wrap("  ", p.words.Override(c))
		}
	}
}

// scores shows the levels, and the scores as intervals where they are open.
func (p *Page) scores(a *assessment.Assessment) {
	row := func(key, value string) { p.Line("  " + pad(p.Message(key), 18) + value) }
	row("cli.summary.risk", p.words.Level(a.RiskLevel))
	row("cli.summary.value", interval(a.Value)+"  "+p.words.Level(a.ValueLevel))
	row("cli.summary.readiness", interval(a.Readiness)+"  "+p.words.Level(a.ReadinessLevel))
	if a.Priority != nil {
		for _, x := range p.words.Catalogue.Policy.Priorities {
			if x.Code == *a.Priority {
				row("cli.summary.priority", x.Code+"  "+x.Label.In(p.words.Lang))
			}
		}
	}
	if a.OutcomeBounds.Best != a.OutcomeBounds.Worst {
		c, lang := p.words.Catalogue, p.words.Lang
		row("cli.summary.bounds", p.Message("cli.summary.from_to",
			"best", c.Policy.Outcome(a.OutcomeBounds.Best).Label.In(lang), "worst", c.Policy.Outcome(a.OutcomeBounds.Worst).Label.In(lang)))
	}
}

func pad(s string, n int) string {
	if k := n - len([]rune(s)); k > 0 {
		return s + strings.Repeat(" ", k)
	}
	return s + " "
}

func interval(i assessment.Interval) string {
	if i.Low == i.High {
		return strconv.Itoa(i.Low)
	}
	return strconv.Itoa(i.Low) + "-" + strconv.Itoa(i.High)
}

// stops shows the hard stops with their items.
func (p *Page) stops(a *assessment.Assessment) {
	if len(a.HardStops) == 0 {
		return
	}
	p.heading("cli.summary.stops")
	for _, s := range p.words.Catalogue.Policy.HardStops {
		var items []string
		for _, x := range a.HardStops {
			if x.Stop == s.Code {
				items = append(items, x.Item)
			}
		}
		if len(items) > 0 {
			p.Wrap("  "+pad(s.Code, 4), s.Title.In(p.words.Lang)+" ("+strings.Join(items, ", ")+")")
		}
	}
}

// findings shows the reasons: what fails, then what needs attention.
func (p *Page) findings(a *assessment.Assessment) {
	for _, part := range []struct {
		result, heading string
		most            int
	}{{assessment.Fail, "cli.summary.fails", 12}, {assessment.Concern, "cli.summary.concerns", 8}} {
		var ids []string
		for _, it := range p.words.Catalogue.Risk.Items {
			if r := a.Items[it.ID]; r != nil && r.Result == part.result {
				ids = append(ids, it.ID)
			}
		}
		if len(ids) == 0 {
			continue
		}
		p.heading(part.heading)
		for i, id := range ids {
			if i == part.most {
				p.Line("  " + p.Message("cli.summary.more", "count", strconv.Itoa(len(ids)-i)))
				break
			}
			p.Wrap("  "+pad(id, 13), p.words.Reason(p.words.Catalogue.Item(id), a.Items[id]))
		}
	}
}

// decisive shows the questions that decide.
func (p *Page) decisive(a *assessment.Assessment) {
	var fields []string
	for _, q := range a.Questions {
		if q.Decisive {
			fields = append(fields, q.Field)
		}
	}
	if len(fields) == 0 {
		return
	}
	p.heading("cli.summary.decisive")
	for i, f := range fields {
		if i == 8 {
			p.Line("  " + p.Message("cli.summary.more", "count", strconv.Itoa(len(fields)-i)))
			break
		}
		p.Wrap("  - ", p.words.Label(f)+"  ["+f+"]")
	}
	p.Line("  " + p.Message("cli.summary.ask", "file", a.Dataset.Source))
}

// evidence shows what the measured file contradicts, and by which parameters it
// should be measured again.
func (p *Page) evidence(e *assessment.Evidence) {
	if outdated := p.words.Outdated(e); len(outdated) > 0 {
		p.heading("report.measured.outdated")
		for _, x := range outdated {
			p.Wrap("  ", p.Message("report.measured.changed", "parameter", x.Label, "then", x.Then, "now", x.Now))
		}
	}
	wrong := wording.Contradictions(e)
	if len(wrong) == 0 {
		return
	}
	p.heading("report.measured.contradicted")
	for _, c := range wrong {
		p.Wrap("  ", p.Message("report.measured.against", "field", p.words.Label(c.Field), "stated", p.words.Stated(c.Field, c.Stated), "measured", p.words.Stated(c.Field, c.Measured)))
	}
}

// changes shows what the proposed measures do and which others would help.
func (p *Page) changes(a *assessment.Assessment) {
	c, lang := p.words.Catalogue, p.words.Lang
	if w := a.WhatIf; w.Outcome != nil {
		p.heading("cli.summary.proposed")
		p.Wrap("  ", p.Message("cli.summary.what_if", "measures", strings.Join(w.Measures, ", "),
			"outcome", c.Policy.Outcome(*w.Outcome).Label.In(lang), "level", p.words.Level(w.RiskLevel)))
		if !w.SameProduct {
			p.Wrap("  ", p.Message("cli.summary.other_product"))
		}
	}
	if len(a.Changes.Measures) == 0 && len(a.Changes.Uncleared) == 0 {
		return
	}
	p.heading("cli.summary.changes")
	for _, m := range a.Changes.Measures {
		lib := c.Mitigation(m.Code)
		text := lib.Name.In(lang)
		if len(m.Columns) > 0 {
			text += " (" + strings.Join(m.Columns, ", ") + ")"
		}
		p.Wrap("  "+pad(m.Code, 5), text+": "+strings.Join(m.Clears, ", "))
	}
	for _, id := range a.Changes.Uncleared {
		p.Wrap("  "+pad(id, 13), c.Item(id).WayOut.In(lang))
	}
	if a.Changes.Outcome != "" && a.Changes.Outcome != a.Outcome {
		p.Wrap("  ", p.Message("cli.summary.then", "outcome", c.Policy.Outcome(a.Changes.Outcome).Label.In(lang)))
	}
}

func roles(c *checklist.Catalogue, codes []string, lang string) string {
	var out []string
	for _, r := range c.Policy.Roles {
		if slices.Contains(codes, r.Code) {
			out = append(out, r.Label.In(lang))
		}
	}
	return strings.Join(out, ", ")
}

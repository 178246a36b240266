// Package markdown writes the report of an assessment as Markdown: all that a
// merge request or an e-mail needs, in the order in which people ask for it.
package markdown

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
)

// Render writes the report of a in a language.
func Render(w io.Writer, a *assessment.Assessment, c *checklist.Catalogue, lang string) error {
	if lang == "" {
		lang = "en"
	}
	r := &report{a: a, c: c, w: phrase.New(c, lang), stops: map[string][]string{}}
	for _, s := range a.HardStops {
		r.stops[s.Item] = append(r.stops[s.Item], s.Stop)
	}
	r.head()
	r.questions()
	r.risks()
	r.changes()
	r.opportunities()
	r.measured()
	r.signOff()
	r.rest()
	r.record()
	if _, err := w.Write(r.out.Bytes()); err != nil {
		return fmt.Errorf("markdown: %w", err)
	}
	return nil
}

// report is a report being written.
type report struct {
	a     *assessment.Assessment
	c     *checklist.Catalogue
	w     *phrase.Words
	out   bytes.Buffer
	stops map[string][]string
}

// line writes a line.
func (r *report) line(parts ...string) {
	for _, p := range parts {
		r.out.WriteString(p)
	}
	r.out.WriteByte('\n')
}

// section writes a heading.
func (r *report) section(title string) {
	r.line()
	r.line("## ", title)
	r.line()
}

// table writes the header of a table; the columns are keys of report.column.
func (r *report) table(columns ...string) {
	rule := ""
	for _, c := range columns {
		r.out.WriteString("| " + Escape(r.w.T("report.column."+c)) + " ")
		rule += "| --- "
	}
	r.line("|")
	r.line(rule, "|")
}

// row writes a row of a table. The cells are Markdown already.
func (r *report) row(cells ...string) {
	r.line("| ", strings.Join(cells, " | "), " |")
}

// head says what was assessed and what came of it.
func (r *report) head() {
	title := r.w.Title(r.a.Dataset.Title)
	if title == "" {
		title = r.a.Dataset.Identifier
	}
	o := r.w.Outcome(r.a.Outcome)
	r.line("# ", Escape(r.w.T("report.record.titleValue", "title", title)))
	r.line()
	r.line("**", palette.Outcome(r.a.Outcome).Glyph, " ", Escape(o.Label.In(r.w.Lang)), "**")
	r.line()
	text := o.Meaning.In(r.w.Lang)
	if r.a.Priority != nil {
		for _, p := range r.c.Policy.Priorities {
			if p.Code == *r.a.Priority {
				text += " " + r.w.T("report.summary.priority", "code", p.Code, "label", strings.ToLower(p.Label.In(r.w.Lang)))
			}
		}
	}
	if b := r.a.OutcomeBounds; b.Best != b.Worst && b.Best != "" && b.Worst != "" {
		text += " " + r.w.T("report.summary.bounds", "best", r.w.OutcomeLabel(b.Best), "worst", r.w.OutcomeLabel(b.Worst))
	}
	r.line(Escape(text))
	r.line()
	r.line(Escape(o.Next.In(r.w.Lang)), " ", Escape(r.w.T("report.markdown.people")))
	r.line()
	r.table("property", "value")
	field := func(key, value string) { r.row(Escape(r.w.T(key)), value) }
	field("report.record.dataset", code(r.a.Dataset.Identifier))
	field("report.record.created", Escape(r.a.Date)+" ("+Escape(r.w.T("report.stage."+stage(r.a.Stage)))+")")
	field("report.column.level", "**"+Escape(r.w.Level(r.a.RiskLevel))+"**")
	field("report.column.valueScore", r.score(r.a.Value, r.a.ValueLevel))
	field("report.column.readinessScore", r.score(r.a.Readiness, r.a.ReadinessLevel))
	field("report.column.openQuestions", strconv.Itoa(len(r.a.Questions)))
}

func stage(s string) string {
	if s == "decision" {
		return s
	}
	return "draft"
}

func (r *report) score(i assessment.Interval, level string) string {
	return "**" + phrase.Interval(i) + "** / 100, " + Escape(strings.ToLower(r.w.Level(level)))
}

// questions lists the questions that decide.
func (r *report) questions() {
	if len(r.a.DecisiveQuestions) == 0 {
		return
	}
	r.section(r.w.T("report.summary.questions"))
	seen := map[string]bool{}
	for _, d := range r.a.DecisiveQuestions {
		stop := ""
		if it := r.w.Item(d.Item); it != nil && it.HardStop != "" {
			stop = " – " + Escape(r.w.StopLabel(it.HardStop))
		}
		for _, path := range d.Fields {
			if !seen[path] {
				seen[path] = true
				r.line("1. ", Escape(r.w.Question(path)), " (", code(path), ", ", d.Item, stop, ")")
			}
		}
	}
}

// risks lists the findings, those of hard stops with the law first.
func (r *report) risks() {
	r.section(r.w.T("report.summary.risks"))
	var ids []string
	for i := range r.c.Risk.Items {
		id := r.c.Risk.Items[i].ID
		if it := r.a.Items[id]; it != nil && it.Result != assessment.Pass && it.Result != assessment.NotApplicable {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		r.line(Escape(r.w.T("report.summary.noRisks")))
		return
	}
	slices.SortStableFunc(ids, func(a, b string) int { return r.weight(b) - r.weight(a) })
	r.table("item", "result", "level", "why", "stop")
	for _, id := range ids {
		it := r.a.Items[id]
		var stops []string
		for _, s := range r.stops[id] {
			text := "**" + Escape(r.w.StopLabel(s)) + "**"
			if law := r.w.StopLaw(s); law != "" {
				text += " (" + Escape(law) + ")"
			}
			stops = append(stops, text)
		}
		r.row(id, palette.RiskResult(it.Result).Glyph+" "+Escape(r.w.Result(id, it.Result)), Escape(r.w.Level(it.Level)), Escape(r.w.Reason(id, it)), strings.Join(stops, "<br>"))
	}
}

// weight orders findings: hard stops, what blocks, then by level and result.
func (r *report) weight(id string) int {
	it := r.a.Items[id]
	n := 10 * slices.IndexFunc(r.c.Policy.Levels.Names, func(l checklist.LevelName) bool { return l.Level == it.Level })
	n += map[string]int{assessment.Fail: 3, assessment.Unknown: 2, assessment.Concern: 1}[it.Result]
	if slices.Contains(r.a.BlockedBy, id) {
		n += 1000
	}
	if len(r.stops[id]) > 0 {
		n += 10000
	}
	return n
}

// changes lists what to change before opening.
func (r *report) changes() {
	r.section(r.w.T("report.summary.changes"))
	n := 0
	measure := func(kind, id string, columns, clears []string) {
		m := r.w.Measure(id)
		if m == nil {
			return
		}
		if n++; n == 1 {
			r.table("change", "what", "removes", "kind", "who", "work")
		}
		what := "**" + Escape(m.Name.In(r.w.Lang)) + "**"
		if len(columns) > 0 {
			what += ": " + Escape(strings.Join(columns, ", "))
		}
		r.row(id, what+". "+Escape(m.What.In(r.w.Lang)), Escape(strings.Join(clears, ", ")), Escape(r.w.T("report.kind."+kind)), Escape(r.w.T("report.who."+m.Who)), Escape(r.w.Effort(m.Effort)))
	}
	for _, m := range r.a.Measures {
		if m.Status == "proposed" {
			measure("planned", m.Code, m.Fields, m.Clears)
		}
	}
	for _, m := range r.a.Changes.Measures {
		measure("suggested", m.Code, m.Columns, m.Clears)
	}
	for _, id := range r.a.Changes.Uncleared {
		if it := r.w.Item(id); it != nil {
			if n++; n == 1 {
				r.table("change", "what", "removes", "kind", "who", "work")
			}
			r.row(id, Escape(it.WayOut.In(r.w.Lang)), id, Escape(r.w.T("report.kind.byHand")), "", "")
		}
	}
	if n == 0 {
		r.line(Escape(r.w.T("report.summary.noChanges")))
		return
	}
	if o := r.a.Changes.Outcome; o != "" && len(r.a.Changes.Measures) > 0 {
		r.line()
		r.line(Escape(r.w.T("report.summary.then", "outcome", r.w.OutcomeLabel(o))))
	}
}

// opportunities lists what speaks for opening and what does not yet.
func (r *report) opportunities() {
	r.section(r.w.T("report.summary.opportunities"))
	n := 0
	for _, result := range []string{assessment.Pass, assessment.Concern} {
		for i := range r.c.Opportunity.Items {
			id := r.c.Opportunity.Items[i].ID
			it := r.a.Items[id]
			if it == nil || it.Result != result {
				continue
			}
			if n++; n == 1 {
				r.table("item", "result", "why")
			}
			r.row(id, palette.OpportunityResult(result).Glyph+" "+Escape(r.w.Result(id, result)), Escape(r.w.Reason(id, it)))
		}
	}
	if n == 0 {
		r.line(Escape(r.w.T("report.summary.noOpportunities")))
	}
}

// signOff lists who signs and why, with boxes to tick.
func (r *report) signOff() {
	r.section(r.w.T("report.summary.signOff"))
	if len(r.a.SignOff.Roles) == 0 {
		r.line(Escape(r.w.T("report.signOff.nobody")))
		return
	}
	for _, role := range r.a.SignOff.Roles {
		var why []string
		for _, rule := range r.c.Policy.SignOff {
			if slices.Contains(rule.Roles, role) && slices.Contains(r.a.SignOff.Rules, rule.ID) {
				why = append(why, rule.When.In(r.w.Lang))
			}
		}
		r.line("- [ ] **", Escape(r.w.Role(role)), "** – ", Escape(strings.Join(why, " ")))
	}
}

// rest lists, folded away, the items without a finding and the open questions.
func (r *report) rest() {
	r.line()
	r.line("<details><summary>", html(r.w.T("report.markdown.rest")), "</summary>")
	r.line()
	r.table("item", "result", "why")
	for i := range r.c.Risk.Items {
		id := r.c.Risk.Items[i].ID
		if it := r.a.Items[id]; it != nil && (it.Result == assessment.Pass || it.Result == assessment.NotApplicable) {
			r.row(id, palette.RiskResult(it.Result).Glyph+" "+Escape(r.w.Result(id, it.Result)), Escape(r.w.Reason(id, it)))
		}
	}
	for i := range r.c.Opportunity.Items {
		id := r.c.Opportunity.Items[i].ID
		if it := r.a.Items[id]; it != nil && it.Result != assessment.Pass && it.Result != assessment.Concern {
			r.row(id, palette.OpportunityResult(it.Result).Glyph+" "+Escape(r.w.Result(id, it.Result)), Escape(r.w.Reason(id, it)))
		}
	}
	r.line()
	r.line("</details>")
	if len(r.a.Questions) == 0 {
		return
	}
	r.line()
	r.line("<details><summary>", html(r.w.T("report.markdown.questions", "n", strconv.Itoa(len(r.a.Questions)))), "</summary>")
	r.line()
	for _, q := range r.a.Questions {
		mark := ""
		if q.Decisive {
			mark = " **" + Escape(r.w.T("report.evidence.deciding")) + "**"
		}
		r.line("- ", Escape(r.w.Question(q.Field)), " (", code(q.Field), ", ", strings.Join(q.Items, ", "), ")", mark)
	}
	r.line()
	r.line("</details>")
}

// measured shows what was measured in the data file.
func (r *report) measured() {
	e := r.a.Evidence
	if e == nil {
		return
	}
	r.section(Escape(r.w.T("report.sheet.measured")))
	r.line(Escape(r.w.T("report.measured.about", "file", e.File, "rows", strconv.Itoa(e.Rows), "time", e.MeasuredAt)))
	r.line()
	r.table("measuredWhat", "measuredOf", "stated", "measured", "measuredResult")
	for _, m := range r.w.Measured(e) {
		r.row(Escape(m.What), Escape(m.Of), Escape(m.Stated), Escape(m.Measured), Escape(m.Result))
	}
}

// overrides lists what the organisation's profile changed.
func (r *report) overrides() {
	if r.a.Profile == nil {
		return
	}
	r.section(r.w.T("profile.changes"))
	if len(r.a.Profile.Changes) == 0 {
		r.line(Escape(r.w.T("profile.no_changes")))
	}
	for i := range r.a.Profile.Changes {
		r.line("- ", Escape(r.w.Override(&r.a.Profile.Changes[i])))
	}
}

// record names what the result rests on.
func (r *report) record() {
	r.line()
	r.line("---")
	r.line()
	r.line(Escape(strings.TrimSpace(r.a.Tool.Name+" "+r.a.Tool.Version)), " · ", Escape(r.w.T("report.record.versions", "policy", r.a.Version.Policy, "risk", r.a.Version.Risk, "opportunity", r.a.Version.Opportunity)))
	r.line()
	if p := r.a.Profile; p != nil {
		r.line("- ", Escape(r.w.T("profile.title")), ": ", Escape(r.w.Profile(p)), ", ", code(strings.TrimPrefix(p.Digest, "sha256:")))
		r.line("- ", Escape(r.w.T("profile.layers")), ": ", Escape(r.w.Layers(p)))
	}
	for _, d := range []struct{ key, digest string }{
		{"descriptorDigest", r.a.Digests.Descriptor}, {"policyDigest", r.a.Digests.Policies},
		{"checklistsDigest", r.a.Digests.Checklists}, {"parametersDigest", r.a.Digests.Parameters},
	} {
		if d.digest != "" {
			r.line("- ", Escape(r.w.T("report.record."+d.key)), ": ", code(strings.TrimPrefix(d.digest, "sha256:")))
		}
	}
	if len(r.a.NotInForce) > 0 {
		r.line("- ", Escape(r.w.T("report.record.notInForce")), ": ", Escape(r.w.NotInForce(r.a.NotInForce)))
	}
	r.overrides()
	r.line()
	r.line(Escape(r.w.T("report.guide.star")))
}

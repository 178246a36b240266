package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/report/xlsx/phrase"
	"puntari/internal/spreadsheet"
)

// The summary is one page of A4 at a scale at which ten points stay above eight.
const summaryBudget = 905 // points of height at full width

// summary is the first page: outcome, why, what to change, who signs. Long lists
// are cut, with a line that says how much there is and where, until the page is
// full but not fuller.
func (r *report) summary() *sheet {
	limits := summaryLimits{questions: 6, risks: 7, opportunities: 5, changes: 8, open: 8}
	s := r.summaryWith(limits)
	for over := s.height() - summaryBudget; over > 0; over = s.height() - summaryBudget {
		if !limits.less() {
			return s
		}
		// Several rows at once while there is much too much.
		for over -= tallRow; over > 0 && limits.less(); over -= tallRow {
		}
		s = r.summaryWith(limits)
	}
	// What was cut too much comes back, risks first.
	for _, n := range []*int{&limits.risks, &limits.changes, &limits.risks, &limits.opportunities} {
		*n++
		if more := r.summaryWith(limits); more.height() <= summaryBudget {
			s = more
		} else {
			*n--
		}
	}
	return s
}

// tallRow is more than the height of most rows of the summary.
const tallRow = 45

// summaryLimits is how many rows each table of the summary has at most.
type summaryLimits struct{ questions, risks, opportunities, changes, open int }

// less takes a row from the longest table; it tells whether there was one.
func (l *summaryLimits) less() bool {
	for _, c := range []struct {
		n     *int
		least int
	}{{&l.open, 3}, {&l.open, 0}, {&l.changes, 6}, {&l.opportunities, 3}, {&l.questions, 5}, {&l.risks, 5}, {&l.changes, 4}, {&l.opportunities, 2}, {&l.questions, 3}, {&l.risks, 3}, {&l.changes, 2}, {&l.opportunities, 1}, {&l.risks, 2}, {&l.questions, 2}} {
		if *c.n > c.least {
			*c.n--
			return true
		}
	}
	return false
}

// height is the height of a sheet in points.
func (s *sheet) height() float64 {
	sum := 0.0
	for i := range s.rows {
		sum += s.rowHeight(i)
	}
	return sum
}

func (r *report) summaryWith(l summaryLimits) *sheet {
	s := r.newSheet("summary")
	s.onePage = true
	s.columns = []column{{width: 12}, {width: 50}, {width: 14.5}, {width: 14.5}, {width: 15}, {width: 13}}
	r.masthead(s)
	r.verdict(s)
	if len(r.a.DecisiveQuestions) > 0 {
		r.decidingQuestions(s, l.questions)
	}
	r.decidingRisks(s, l.risks)
	r.bestOpportunities(s, l.opportunities)
	if len(r.a.DecisiveQuestions) == 0 && len(r.a.Questions) > 0 && l.open > 0 {
		r.openQuestions(s, l.open)
	}
	r.firstChanges(s, l.changes)
	r.whoSigns(s)
	s.legible()
	return s
}

func (r *report) masthead(s *sheet) {
	kicker := r.sheetName("summary") + "  ·  " + r.w.T("report.kicker")
	if r.o.Organisation != "" {
		kicker += "  ·  " + r.o.Organisation
	}
	s.add(row{cells: []cell{text(kicker, spreadsheet.Style{Size: 9, Bold: true, Color: palette.Muted, Quoted: true})}, height: 16, anchor: "summary"})
	title := r.title()
	k := titleStyle
	for k.Size > 12 && spreadsheet.Pixels(title, k) > 800 {
		k.Size--
	}
	s.add(row{cells: []cell{text(spreadsheet.Cut(title, 140), k)}, height: 28})
	line := r.w.T("report.summary.dataset", "id", spreadsheet.Cut(r.a.Dataset.Identifier, 70))
	if u := r.record.Dataset.Steward.Unit; u != "" {
		line += "  ·  " + spreadsheet.Cut(u, 50)
	}
	s.add(row{cells: []cell{text(line, aboutStyle)}, height: 15})
	line = r.w.T("report.summary.assessed", "date", r.a.Date, "stage", r.w.T("report.stage."+stage(r.a.Stage)), "version", r.a.Version.Policy)
	if id := r.record.Governance.RecordID; id != "" && id != "-" {
		line += "  ·  " + r.w.T("report.summary.case", "id", spreadsheet.Cut(id, 50))
	}
	s.add(row{cells: []cell{text(line, aboutStyle)}, height: 15})
	s.space(8)
}

// verdict is the outcome in large letters with four figures beside it.
func (r *report) verdict(s *sheet) {
	o := r.w.Outcome(r.a.Outcome)
	look := palette.Outcome(r.a.Outcome)
	if look.Fill == "" {
		look = palette.Chip{Fill: palette.Mist, Text: palette.Ink, Glyph: "–"}
	}
	big := spreadsheet.Style{Size: 22, Bold: true, Quoted: true}.Filled(look)
	label := big
	label.Wrap = true
	if spreadsheet.Pixels(o.Label.In(r.w.Lang), big) > 330 {
		label.Size = 18
	}
	small := spreadsheet.Style{Size: 10, Wrap: true, Quoted: true, Top: true}.Filled(look)

	open := strconv.Itoa(len(r.a.Questions))
	openLook := palette.Chip{Fill: palette.Mist, Text: palette.Ink}
	if len(r.a.Questions) > 0 {
		openLook = palette.Unknown()
	}
	tiles := []struct {
		text, caption string
		look          palette.Chip
	}{
		{r.w.Level(r.a.RiskLevel), r.riskCaption(), palette.RiskLevel(r.a.RiskLevel)},
		{phrase.Interval(r.a.Value), r.w.T("report.tile.value", "level", strings.ToLower(r.w.Level(r.a.ValueLevel))), palette.ScoreLevel(r.a.ValueLevel)},
		{phrase.Interval(r.a.Readiness), r.w.T("report.tile.readiness", "level", strings.ToLower(r.w.Level(r.a.ReadinessLevel))), palette.ScoreLevel(r.a.ReadinessLevel)},
		{open, r.w.N("report.tile.open", len(r.a.Questions)), openLook},
	}
	top := []cell{text(look.Glyph, big.Centred()), text(o.Label.In(r.w.Lang), label)}
	low := []cell{{style: small}, text(r.because(), small)}
	for _, t := range tiles {
		k := spreadsheet.Style{Size: 20, Bold: true, Wrap: true, Align: spreadsheet.Centre, Border: spreadsheet.TileSide, Quoted: true}.Filled(t.look)
		for k.Size > 10 && (spreadsheet.Pixels(t.text, k) > 84 || spreadsheet.Lines(t.text, k, 14.5) > 1) {
			k.Size--
		}
		top = append(top, text(t.text, k))
		low = append(low, text(t.caption, spreadsheet.Style{Size: 9, Wrap: true, Align: spreadsheet.Centre, Top: true, Border: spreadsheet.TileSide, Quoted: true}.Filled(t.look)))
	}
	s.add(row{cells: top, least: 38})
	s.add(row{cells: low, least: 44})
	note := spreadsheet.Style{Size: 9, Italic: true, Color: palette.Muted, Quoted: true}
	s.add(row{cells: []cell{text(r.w.T("report.summary.people"), note)}, height: 17})
}

// because says what the outcome means, and what else could come of it.
func (r *report) because() string {
	o := r.w.Outcome(r.a.Outcome)
	out := o.Meaning.In(r.w.Lang)
	if p := r.a.Priority; p != nil {
		for _, x := range r.c.Policy.Priorities {
			if x.Code == *p {
				out += " " + r.w.T("report.summary.priority", "code", x.Code, "label", strings.ToLower(x.Label.In(r.w.Lang)))
			}
		}
	}
	if b := r.a.OutcomeBounds; b.Best != b.Worst && b.Best != "" && b.Worst != "" {
		out += " " + r.w.T("report.summary.bounds", "best", r.w.OutcomeLabel(b.Best), "worst", r.w.OutcomeLabel(b.Worst))
	}
	return out
}

func (r *report) riskCaption() string {
	if r.a.WhatIf.Outcome != nil && r.a.WhatIf.RiskLevel != "" && r.a.WhatIf.RiskLevel != r.a.RiskLevel {
		return r.w.T("report.tile.riskAfter", "level", strings.ToLower(r.w.Level(r.a.WhatIf.RiskLevel)))
	}
	return r.w.T("report.tile.risk")
}

// section adds the heading and the header of a table of the summary.
func (r *report) section(s *sheet, key string, titles ...string) {
	r.sectionTitled(s, r.w.T("report.summary."+key), titles...)
}

func (r *report) sectionTitled(s *sheet, title string, titles ...string) {
	s.space(9)
	s.add(row{cells: []cell{text(title, sectionStyle)}, height: 20})
	cells := make([]cell, len(s.columns))
	for i := range cells {
		k := headerStyle
		if i != 1 && i != 0 {
			k = k.Centred()
		}
		if i < len(titles) && titles[i] != "" {
			cells[i] = text(r.w.T("report.column."+titles[i]), k)
		} else {
			cells[i] = cell{style: k}
		}
	}
	s.add(row{cells: cells, least: 18})
}

// openQuestions are the first questions whose answers would tell more, although
// they do not decide the outcome.
func (r *report) openQuestions(s *sheet, most int) {
	r.section(s, "open", "fact", "question", "item", "", "", "state")
	shown := r.a.Questions[:min(most, len(r.a.Questions))]
	for _, q := range shown {
		fact := cell{style: textStyle}
		if n, ok := r.facts[q.Field]; ok {
			fact = linked(factNumber(n), "fact:"+q.Field, textStyle)
		}
		item := cell{style: textStyle}
		if len(q.Items) > 0 {
			item = linked(q.Items[0], "item:"+q.Items[0], textStyle.Centred())
		}
		theme := cell{style: textStyle}
		if len(q.Items) > 1 {
			theme = text("+"+strconv.Itoa(len(q.Items)-1), textStyle.Centred().Muted())
		}
		s.add(row{cells: []cell{
			fact, text(shorten(r.w.Question(q.Field), 200, ""), textStyle), item, theme, {style: textStyle},
			text(r.factState(q.Field), textStyle.Centred().Filled(palette.Unknown())),
		}})
	}
	r.more(s, len(r.a.Questions)-len(shown), "evidence")
}

// line adds a row with one sentence.
func (r *report) line(s *sheet, sentence, to string) {
	cells := []cell{{style: textStyle}, linked(sentence, to, textStyle)}
	s.add(row{cells: s.fill(cells, textStyle)})
}

// more adds a line about what did not fit.
func (r *report) more(s *sheet, n int, sheetCode string) {
	if n > 0 {
		r.line(s, r.w.N("report.summary.more", n, "sheet", r.sheetName(sheetCode)), "sheet:"+sheetCode)
	}
}

func (r *report) decidingQuestions(s *sheet, most int) {
	r.section(s, "questions", "fact", "question", "item", "worst", "stop", "state")
	type question struct {
		path string
		item string
	}
	var all []question
	seen := map[string]bool{}
	for _, d := range r.a.DecisiveQuestions {
		for _, p := range d.Fields {
			if !seen[p] {
				seen[p] = true
				all = append(all, question{p, d.Item})
			}
		}
	}
	shown := all[:min(most, len(all))]
	for _, q := range shown {
		it := r.a.Items[q.item]
		fact := cell{style: textStyle}
		if n, ok := r.facts[q.path]; ok {
			fact = linked(factNumber(n), "fact:"+q.path, textStyle)
		}
		worst := cell{style: textStyle.Centred()}
		if it != nil && len(it.Possible) > 0 {
			worst = r.resultCell(q.item, it.Possible[len(it.Possible)-1], textStyle.Centred())
		}
		stop := ""
		if item := r.w.Item(q.item); item != nil && item.HardStop != "" {
			stop = r.w.StopLabel(item.HardStop)
		}
		s.add(row{cells: []cell{
			fact, text(shorten(r.w.Question(q.path), 260, ""), textStyle), linked(q.item, "item:"+q.item, textStyle.Centred()),
			worst, text(stop, textStyle.Centred()), text(r.factState(q.path), textStyle.Centred().Filled(palette.Unknown())),
		}})
	}
	r.more(s, len(all)-len(shown), "evidence")
}

// factState is the word for the state of a fact.
func (r *report) factState(path string) string {
	if n, ok := r.facts[path]; ok {
		return r.w.T("report.state." + r.a.Facts[n-1].State)
	}
	return r.w.T("report.state." + assessment.NotAnswered)
}

// findings are the risk items with a finding or an open question, those that
// decide first: hard stops, what blocks, then by level, severity and place.
func (r *report) findings() []string {
	var ids []string
	for i := range r.c.Risk.Items {
		id := r.c.Risk.Items[i].ID
		if it := r.a.Items[id]; it != nil && (it.Result == assessment.Fail || it.Result == assessment.Concern || it.Result == assessment.Unknown) {
			ids = append(ids, id)
		}
	}
	weight := func(id string) int {
		it, item := r.a.Items[id], r.w.Item(id)
		n := 100*(r.levelRank(r.levelNow(id))+1) + 10*item.Severity
		switch it.Result {
		case assessment.Fail:
			n += 3
		case assessment.Unknown:
			n++
		}
		if len(r.stops[id]) > 0 {
			n += 10000
		}
		if slices.Contains(r.a.BlockedBy, id) {
			n += 5000
		}
		return n
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(weight(b), weight(a)) })
	return ids
}

func (r *report) decidingRisks(s *sheet, most int) {
	ids := r.findings()
	if len(r.a.DecisiveQuestions) > 0 {
		// The deciding questions are on the page already.
		asked := map[string]bool{}
		for _, d := range r.a.DecisiveQuestions {
			asked[d.Item] = true
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return asked[id] })
		most = min(most, 4)
	}
	if len(ids) == 0 && len(r.a.DecisiveQuestions) > 0 {
		return
	}
	r.section(s, "risks", "item", "finding", "levelNow", "levelAfter", "stop", "change")
	if len(ids) == 0 {
		r.line(s, r.w.T("report.summary.noRisks"), "")
		return
	}
	shown := ids[:min(most, len(ids))]
	named := map[string]bool{} // stops whose law has been named
	for _, id := range shown {
		it := r.a.Items[id]
		finding := shorten(r.reason(id, it), 250, "")
		stop := cell{style: textStyle.Centred()}
		if codes := r.stops[id]; len(codes) > 0 {
			var labels []string
			for _, c := range codes {
				labels = append(labels, palette.Stop+" "+r.w.StopLabel(c))
			}
			stop = text(strings.Join(labels, "\n"), textStyle.Sized(9).Centred().InBold())
			stop.style.Color = palette.Rust
			if law := r.w.StopLaw(codes[0]); law != "" && !named[codes[0]] {
				named[codes[0]] = true
				finding += "\n" + r.w.T("report.summary.law", "law", shorten(law, 110, ""))
			}
		}
		s.add(row{cells: []cell{
			linked(id, "item:"+id, textStyle), text(finding, textStyle), r.levelCell(r.levelNow(id)), r.levelAfterCell(id), stop, r.changeCell(id, 2, textStyle.Centred()),
		}})
	}
	r.more(s, len(ids)-len(shown), "risk")
}

// bestOpportunities are the fulfilled items that weigh most, or the partly
// fulfilled ones when there are none.
func (r *report) bestOpportunities(s *sheet, most int) {
	type gain struct {
		id     string
		weight float64
	}
	var all []gain
	for i := range r.c.Opportunity.Items {
		item := &r.c.Opportunity.Items[i]
		it := r.a.Items[item.ID]
		if it == nil || r.c.Policy.Scoring.Points[it.Result] == 0 {
			continue
		}
		for _, t := range r.c.Opportunity.Themes {
			if t.Code == item.Theme && t.Group == "VALUE" {
				all = append(all, gain{item.ID, t.Weight * item.Weight * r.c.Policy.Scoring.Points[it.Result]})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b gain) int { return cmp.Compare(b.weight, a.weight) })
	r.section(s, "opportunities", "item", "reason", "result", "theme", "", "fact")
	if len(all) == 0 {
		r.line(s, r.w.T("report.summary.noOpportunities"), "")
		return
	}
	shown := all[:min(most, len(all))]
	for _, g := range shown {
		it := r.a.Items[g.id]
		fact := r.factCell(it, textStyle.Centred())
		s.add(row{cells: []cell{
			linked(g.id, "item:"+g.id, textStyle), text(shorten(r.reason(g.id, it), 230, ""), textStyle),
			r.resultCell(g.id, it.Result, textStyle.Centred().Bordered(spreadsheet.WhiteBox)),
			text(r.w.Theme(r.w.Item(g.id)), textStyle.Centred().Muted().Sized(9)), {style: textStyle}, fact,
		}})
	}
	r.more(s, len(all)-len(shown), "opportunity")
}

func (r *report) firstChanges(s *sheet, most int) {
	var todo []int
	for i := range r.changes {
		if r.changes[i].before() {
			todo = append(todo, i)
		}
	}
	title := r.w.T("report.summary.changes")
	if n := len(todo); n > 0 {
		title += " (" + strconv.Itoa(n) + ")"
	}
	r.sectionTitled(s, title, "change", "what", "removes", "who", "work", "status")
	if len(todo) == 0 {
		r.line(s, r.w.T("report.summary.noChanges"), "")
		return
	}
	shown := todo[:min(most, len(todo))]
	for _, i := range shown {
		c := &r.changes[i]
		status := cell{style: textStyle.Centred(), text: r.w.T("report.status.open")}
		status.formula = fmt.Sprintf(`IF(%s="",%s,%s)`, c.name("status"), spreadsheet.Quote(status.text), c.name("status"))
		s.add(row{cells: []cell{
			linked(c.label, c.anchor(), textStyle), text(shorten(c.headline(), 150, ""), textStyle), text(firstItems(c.clears), textStyle.Centred()),
			text(c.who, textStyle.Centred()), text(c.effort, textStyle.Centred()), status,
		}})
	}
	r.more(s, len(todo)-len(shown), "changes")
	if o := r.a.Changes.Outcome; o != "" && len(r.a.Changes.Measures) > 0 {
		r.line(s, r.w.T("report.summary.then", "outcome", r.w.OutcomeLabel(o)), "")
	}
}

func (r *report) whoSigns(s *sheet) {
	r.section(s, "signOff", "", "role", "decision", "date", "name", "")
	if len(r.a.SignOff.Roles) == 0 {
		r.line(s, r.w.T("report.signOff.nobody"), "")
		return
	}
	first := s.next()
	waiting := r.w.T("report.signOff.waiting")
	for i, role := range r.a.SignOff.Roles {
		show := func(what, empty string) cell {
			n := signName(role, what)
			f := fmt.Sprintf(`IF(%s="",%s,%s)`, n, spreadsheet.Quote(empty), n)
			return cell{style: textStyle.Centred(), text: empty, formula: f}
		}
		date := show("date", "")
		date.style.Format = spreadsheet.Date
		s.add(row{cells: []cell{
			text(strconv.Itoa(i+1), textStyle.Centred()), linked(r.w.Role(role), "sign:"+role, textStyle),
			show("decision", waiting), date, show("name", ""), {style: textStyle},
		}, least: 18})
	}
	ref := spreadsheet.At(3, first) + ":" + spreadsheet.At(3, s.next()-1)
	s.rules = append(s.rules,
		rule{ref, fmt.Sprintf(`OR(%s=%s,%s=%s)`, spreadsheet.At(3, first), spreadsheet.Quote(r.w.T("report.decision.approve")), spreadsheet.At(3, first), spreadsheet.Quote(r.w.T("report.decision.approve_with_conditions"))), highlightApprove},
		rule{ref, fmt.Sprintf(`OR(%s=%s,%s=%s)`, spreadsheet.At(3, first), spreadsheet.Quote(r.w.T("report.decision.reject")), spreadsheet.At(3, first), spreadsheet.Quote(r.w.T("report.decision.defer"))), highlightReject})
}

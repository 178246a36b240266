package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/facts"
)

// assemble puts the assessment together from what the policies found.
func (e *Engine) assemble(ctx context.Context, r *run, day string) (*assessment.Assessment, error) {
	v := r.verdict
	a := &assessment.Assessment{
		Format: assessment.Format, Date: day, Stage: "decision",
		Dataset: identity(r.c.Dataset),
		Version: assessment.Versions{
			Policy: e.Catalogue.Policy.Version, Risk: e.Catalogue.Risk.Version,
			Opportunity: e.Catalogue.Opportunity.Version, Descriptor: e.Catalogue.Descriptor.Version,
		},
		Params:    map[string]float64{},
		Outcome:   v.outcome,
		RiskLevel: v.riskLevel, Priority: v.priority,
		OutcomeBounds: assessment.Bounds{Best: r.best, Worst: r.worst},
		BlockedBy:     append([]string{}, v.blockedBy...),
		HardStops:     append([]assessment.Stop{}, v.hardStops...),
		Value:         v.value, Readiness: v.readiness,
		ValueLevel: e.scoreLevel(v.value.Low), ReadinessLevel: e.scoreLevel(v.readiness.Low),
		Themes:     map[string]assessment.Interval{},
		WhatIf:     r.whatIf,
		NotInForce: e.notInForce(),
		Descriptor: r.c.Dataset.Canonical(),
	}
	if s := text(r.c.Dataset.Assessment.Stage); s != "" && s != descriptor.Unknown {
		a.Stage = s
	}
	sum := sha256.Sum256(a.Descriptor)
	a.Digests = e.Digests()
	a.Digests.Descriptor = "sha256:" + hex.EncodeToString(sum[:])
	for k, p := range e.Catalogue.Policy.Params {
		a.Params[k] = p.Value
	}
	for _, t := range v.themes {
		if t.Scored {
			a.Themes[t.Code] = t.Rounded()
		}
	}
	d := e.detail(r)
	a.Items = d.items
	a.DecisiveQuestions = e.decisive(v, a)
	a.Questions = d.questions(a)
	a.Facts = d.facts()
	a.SignOff = e.signOff(v)
	a.Evidence = evidence(r.c.Dataset, r.c.Claims)
	var err error
	if a.Measures, err = e.measures(ctx, r); err != nil {
		return nil, err
	}
	a.Changes, err = e.changes(ctx, r)
	return a, err
}

func identity(d *descriptor.Dataset) assessment.Dataset {
	return assessment.Dataset{
		Identifier: text(d.Dataset.Identifier), Title: d.Dataset.Title, Description: d.Dataset.Description,
		Publisher: text(d.Dataset.Publisher.Name), PublisherID: text(d.Dataset.Publisher.Identifier),
	}
}

// decisive lists the open facts that decide, when information is insufficient:
// the items that could block come first by hard stop, then by severity.
func (e *Engine) decisive(v *verdict, a *assessment.Assessment) []assessment.DecisiveQuestion {
	out := []assessment.DecisiveQuestion{}
	if !v.insufficient {
		return out
	}
	for _, i := range e.undecided(v) {
		id := e.risk.items[i].ID
		out = append(out, assessment.DecisiveQuestion{Item: id, Fields: a.Items[id].Missing})
	}
	return out
}

// detail is what the items say of themselves.
type detail struct {
	e     *Engine
	r     *run
	items map[string]*assessment.Item
	// order lists the item ids, risk first.
	order []string
}

func (e *Engine) detail(r *run) *detail {
	d := &detail{e: e, r: r, items: make(map[string]*assessment.Item, len(e.risk.items)+len(e.opportunity.items))}
	risk, opportunity := e.explainers(r.c)
	for i := range e.risk.items {
		it := d.item(risk, &e.risk.items[i], riskRows, r.findings.risk[i], r.findings.riskRows[i])
		it.Level = r.verdict.levels[i]
		if r.after != nil {
			if after := r.after.findings.risk[i].single(); after != it.Result {
				it.WhatIf = after
			}
		}
	}
	for i := range e.opportunity.items {
		it := d.item(opportunity, &e.opportunity.items[i], opportunityRows, r.findings.opportunity[i], r.findings.opportunityRows[i])
		if r.after != nil {
			if after := r.after.findings.opportunity[i].single(); after != it.Result {
				it.WhatIf = after
			}
		}
	}
	return d
}

// item explains one item.
func (d *detail) item(x *explainer, it *item, kinds []string, s set, r rows) *assessment.Item {
	out := &assessment.Item{Result: s.single(), References: d.references(it.References)}
	d.items[it.ID] = out
	d.order = append(d.order, it.ID)
	w := &witness{}
	x.seen = map[string]bool{}
	if out.Result == assessment.Unknown {
		out.Possible = s.names()
		out.Missing = x.missing(it, kinds, r)
	} else {
		for _, row := range kinds {
			if row == out.Result && it.rows[row] != nil {
				x.ruleFacts(it.rowName(row), scope{column: -1, list: -1}, w)
			}
		}
		if len(w.facts) == 0 { // nothing was found: everything that was looked at counts
			w.facts = it.reads.facts
		}
		out.Facts = x.paths(w)
	}
	out.Columns = x.columnNames(w)
	out.Reason = d.reason(x, it, out, w)
	return out
}

func (d *detail) references(cited []checklist.Citation) []assessment.Reference {
	var out []assessment.Reference
	day := d.r.c.Date.Format("2006-01-02")
	for _, c := range cited {
		s := d.e.Catalogue.Sources[c.Source]
		out = append(out, assessment.Reference{Source: c.Source, At: c.At, Read: c.Read, InForce: s.InForce(day) && c.InForce(day)})
	}
	return out
}

// columnNames names the columns of a witness, in the order of the schema.
func (x *explainer) columnNames(w *witness) []string {
	var ks []int
	for _, columns := range w.columns {
		for _, k := range columns {
			if !slices.Contains(ks, k) {
				ks = append(ks, k)
			}
		}
	}
	slices.Sort(ks)
	var out []string
	for _, k := range ks {
		out = append(out, x.c.Columns[k].Name)
	}
	return out
}

// reason finds the values for the placeholders of an item's reason.
func (d *detail) reason(x *explainer, it *item, out *assessment.Item, w *witness) map[string]assessment.Value {
	names := checklist.Placeholders(it.Reasons[out.Result])
	if len(names) == 0 {
		return nil
	}
	values := map[string]assessment.Value{}
	for _, n := range names {
		switch n {
		case "columns":
			values[n] = assessment.Value{Codes: out.Columns}
		default:
			values[n] = d.value(x, it, n, w)
		}
	}
	return values
}

// value is the value of the fact that a placeholder names by the last part of
// its path. Where an item reads two facts of that name, a known one goes before.
func (d *detail) value(x *explainer, it *item, name string, w *witness) assessment.Value {
	best := assessment.Value{Open: true}
	for _, i := range it.reads.facts {
		f := &d.e.Space.Facts[i]
		if f.Field == nil || f.Path[strings.LastIndexByte(f.Path, '.')+1:] != name {
			continue
		}
		v := d.factValue(x, i, w)
		if !v.Open && (best.Open || strings.HasPrefix(f.Path, "profile.")) {
			best = v
		} else if best.Field == "" {
			best.Field = v.Field
		}
	}
	return best
}

func (d *detail) factValue(x *explainer, i int, w *witness) assessment.Value {
	f := &d.e.Space.Facts[i]
	v := assessment.Value{Field: f.Path}
	if j := slices.Index(d.e.Space.Columns, i); j >= 0 {
		for k := range x.c.Columns {
			if w.columns != nil && !columnIn(w, k) {
				continue
			}
			for _, n := range columnCodes(f, x.c.Columns[k].States[j]) {
				if !slices.Contains(v.Codes, n) {
					v.Codes = append(v.Codes, n)
				}
			}
		}
		v.Open = len(v.Codes) == 0
		return v
	}
	v.Codes = d.codes(x, i)
	v.Open = len(v.Codes) == 0
	return v
}

func columnIn(w *witness, k int) bool {
	for _, columns := range w.columns {
		if slices.Contains(columns, k) {
			return true
		}
	}
	return false
}

// columnCodes are the values of a column's attribute, without groups.
func columnCodes(f *facts.Fact, st facts.State) []string {
	var out []string
	for _, v := range f.Field.Values {
		if st.Yes&f.Bit(v.Value) != 0 {
			out = append(out, v.Value)
		}
	}
	return out
}

// codes are the values of a fact that stands alone, as the descriptor gives
// them or as they are taken for granted.
func (d *detail) codes(x *explainer, i int) []string {
	f := &d.e.Space.Facts[i]
	if f.Field == nil {
		return nil
	}
	if f.Kind == facts.Objects {
		return entryNames(x.c.Dataset, f.Path)
	}
	a := x.c.Answers[f.FieldIndex]
	switch {
	case x.status[i] == facts.Assumed:
		return assumedCodes(f)
	case !a.Given || a.Unknown || x.status[i].Open():
		return nil
	case f.Kind == facts.Amount:
		return []string{number64(a.Number)}
	case a.List != nil:
		return a.List
	case a.Text != "":
		return []string{a.Text}
	}
	return nil
}

// assumedCodes are the values taken for granted, where they are values that
// people know.
func assumedCodes(f *facts.Fact) []string {
	switch v := f.Field.WhenNotAsked.(type) {
	case string:
		if f.Kind == facts.Choice {
			return []string{v}
		}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

func number64(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatInt(int64(x), 10)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// entryNames name the elements of a list of objects, each by what tells it from
// the others; those that have the same name once.
func entryNames(d *descriptor.Dataset, path string) []string {
	var out []string
	add := func(parts ...*string) {
		var words []string
		for _, p := range parts {
			if t := text(p); t != "" && t != descriptor.Unknown {
				words = append(words, t)
			}
		}
		if name := strings.Join(words, " "); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	switch path {
	case "profile.piiHits":
		for i := range d.Profile.PiiHits {
			add(d.Profile.PiiHits[i].Pattern)
		}
	case "confidentiality.secrecyGrounds":
		for i := range d.Confidentiality.SecrecyGrounds {
			g := &d.Confidentiality.SecrecyGrounds[i]
			add(g.Act, g.Section, g.Item)
		}
	case "rights.thirdPartySources":
		for i := range d.Rights.ThirdPartySources {
			add(d.Rights.ThirdPartySources[i].Name)
		}
	case "demand.useCases":
		for i := range d.Demand.UseCases {
			add(d.Demand.UseCases[i].Title)
		}
	case "benefit.strategyLinks":
		for i := range d.Benefit.StrategyLinks {
			add(d.Benefit.StrategyLinks[i].Goal)
		}
	}
	return out
}

// questions lists the open facts of all items, the deciding ones first, then
// those that keep most items open.
func (d *detail) questions(a *assessment.Assessment) []assessment.Question {
	byField := map[string]*assessment.Question{}
	var fields []string
	severity := map[string]int{}
	for _, id := range d.order {
		for _, p := range d.items[id].Missing {
			if !d.asks(p) {
				continue
			}
			q := byField[p]
			if q == nil {
				q = &assessment.Question{Field: p}
				q.AnsweredUnknown, q.Suspicion = d.openState(p)
				byField[p] = q
				fields = append(fields, p)
			}
			q.Items = append(q.Items, id)
			severity[p] = max(severity[p], d.e.Catalogue.Item(id).Severity)
		}
	}
	rank := map[string]int{}
	for _, q := range a.DecisiveQuestions {
		for _, p := range q.Fields {
			if _, ok := rank[p]; !ok {
				rank[p] = len(rank)
			}
			if byField[p] != nil {
				byField[p].Decisive = true
			}
		}
	}
	if d.r.verdict.insufficient && d.r.verdict.tooMuchUnknown {
		// Not one answer decides but how many are missing: all about risks count.
		for _, p := range fields {
			if severity[p] > 0 {
				byField[p].Decisive = true
			}
		}
	}
	slices.SortStableFunc(fields, func(x, y string) int {
		rx, dx := rank[x]
		ry, dy := rank[y]
		switch {
		case dx && dy:
			// A question comes after those that its condition depends on.
			return cmp.Or(cmp.Compare(d.depth(x), d.depth(y)), cmp.Compare(rx, ry))
		case dx:
			return -1
		case dy:
			return 1
		}
		return cmp.Or(cmp.Compare(d.depth(x), d.depth(y)), cmp.Compare(severity[y], severity[x]), cmp.Compare(len(byField[y].Items), len(byField[x].Items)), strings.Compare(x, y))
	})
	out := make([]assessment.Question, 0, len(fields))
	for _, p := range fields {
		out = append(out, *byField[p])
	}
	return out
}

// asks tells whether an open fact is a question of its own. Of a list and the
// members of its elements, the list is asked for while it is not there, and the
// members once it is.
func (d *detail) asks(path string) bool {
	list, _, entry := strings.Cut(path, "[].")
	i := d.e.Space.Index(list)
	if i < 0 || d.e.Space.Facts[i].Kind != facts.Objects {
		return true
	}
	return entry != d.r.c.OpenList(i)
}

// depth is how many conditions of questions lie before a question.
func (d *detail) depth(path string) int {
	if _, attribute, ok := columnPath(path); ok {
		path = facts.ColumnPrefix + attribute
	}
	if i := d.e.Space.Index(path); i >= 0 {
		for n, stratum := range d.e.strata {
			if slices.Contains(stratum, i) {
				return n + 1
			}
		}
	}
	return 0
}

// openState tells how an open fact stands: said to be unknown, or doubted for a
// column's name.
func (d *detail) openState(path string) (unknown bool, suspicion string) {
	c := d.r.c
	if name, attribute, ok := columnPath(path); ok {
		i := d.e.Space.Index(facts.ColumnPrefix + attribute)
		j := slices.Index(d.e.Space.Columns, i)
		for k := range c.Columns {
			if col := &c.Columns[k]; col.Name == name && j >= 0 {
				if col.Status[j] == facts.Doubted && col.Suspicion != nil {
					suspicion = col.Suspicion.ID
				}
				return col.Status[j] == facts.SaidUnknown, suspicion
			}
		}
		return false, ""
	}
	if i := d.e.Space.Index(path); i >= 0 {
		return c.Status[i] == facts.SaidUnknown || c.OpportunityStatus[i] == facts.SaidUnknown, ""
	}
	return false, ""
}

// columnPath takes schema.fields[NAME].attribute apart.
func columnPath(path string) (name, attribute string, ok bool) {
	rest, ok := strings.CutPrefix(path, "schema.fields[")
	if !ok {
		return "", "", false
	}
	i := strings.LastIndex(rest, "].")
	if i < 0 {
		return "", "", false
	}
	return rest[:i], rest[i+2:], true
}

// facts lists every fact that some item read, with the items whose result it
// decided or keeps open.
func (d *detail) facts() []assessment.Fact {
	users := map[string][]string{}
	for _, id := range d.order {
		it := d.items[id]
		for _, p := range append(slices.Clone(it.Facts), it.Missing...) {
			if !slices.Contains(users[p], id) {
				users[p] = append(users[p], id)
			}
		}
	}
	risk, opportunity := d.e.explainers(d.r.c)
	var out []assessment.Fact
	for i := range d.e.Space.Facts {
		f := &d.e.Space.Facts[i]
		if !d.e.used[i] || f.Field == nil {
			continue
		}
		if strings.HasPrefix(f.Path, facts.ColumnPrefix) {
			out = append(out, d.columnFacts(i, users)...)
			continue
		}
		if strings.Contains(f.Path, "[]") {
			continue // members are shown with their list
		}
		x := risk
		status := d.r.c.Status[i]
		if d.e.onlyOpportunity[i] {
			x, status = opportunity, d.r.c.OpportunityStatus[i]
		}
		out = append(out, assessment.Fact{Path: f.Path, State: stateName(status), Values: d.codes(x, i), Items: users[f.Path]})
	}
	return out
}

func (d *detail) columnFacts(i int, users map[string][]string) []assessment.Fact {
	f := &d.e.Space.Facts[i]
	j := slices.Index(d.e.Space.Columns, i)
	var out []assessment.Fact
	for k := range d.r.c.Columns {
		col := &d.r.c.Columns[k]
		if col.Status[j] == facts.Assumed {
			continue
		}
		path := "schema.fields[" + col.Name + "]." + f.Path[len(facts.ColumnPrefix):]
		out = append(out, assessment.Fact{Path: path, State: stateName(col.Status[j]), Values: columnCodes(f, col.States[j]), Items: users[path]})
	}
	return out
}

func stateName(s facts.Status) string {
	switch s {
	case facts.Answered:
		return assessment.Answered
	case facts.Assumed:
		return assessment.TakenForGiven
	case facts.Doubted:
		return assessment.Doubted
	case facts.SaidUnknown:
		return assessment.SaidUnknown
	}
	return assessment.NotAnswered
}

// signOff says which rules hold and who signs.
func (e *Engine) signOff(v *verdict) assessment.SignOff {
	out := assessment.SignOff{Rules: append([]string{}, v.signOff...), Roles: []string{}}
	for _, role := range e.Catalogue.Policy.Roles {
		for _, rule := range e.Catalogue.Policy.SignOff {
			if slices.Contains(v.signOff, rule.ID) && slices.Contains(rule.Roles, role.Code) && !slices.Contains(out.Roles, role.Code) {
				out.Roles = append(out.Roles, role.Code)
			}
		}
	}
	return out
}

// measures lists the mitigations of the descriptor; for a proposed one, what it
// clears when it alone is made.
func (e *Engine) measures(ctx context.Context, r *run) ([]assessment.Measure, error) {
	out := []assessment.Measure{}
	d := r.c.Dataset
	for i := range d.Mitigations {
		m := &d.Mitigations[i]
		x := assessment.Measure{Code: text(m.Code), Status: text(m.Status), Fields: m.Fields, Evidence: text(m.Evidence)}
		if x.Status == "proposed" {
			patched, err := apply(e.Catalogue, d, []*descriptor.Measure{m})
			if err != nil {
				return nil, err
			}
			alone, err := e.evaluate(ctx, patched, r.c.Date, r)
			if err != nil {
				return nil, err
			}
			for k := range e.risk.items {
				if better(r.findings.risk[k], alone.findings.risk[k]) {
					x.Clears = append(x.Clears, e.risk.items[k].ID)
				}
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// better tells whether an item comes to a better result.
func better(before, after set) bool {
	rank := map[string]int{assessment.NotApplicable: 0, assessment.Pass: 0, assessment.Concern: 1, assessment.Unknown: 2, assessment.Fail: 3}
	return rank[after.single()] < rank[before.single()]
}

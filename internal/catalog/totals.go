package catalog

import (
	"cmp"
	"slices"

	"puntari/internal/checklist"
)

// Totals are the figures of a catalogue. They take the same memory however many
// datasets there are.
type Totals struct {
	catalogue *checklist.Catalogue
	// risk and opportunity are the counters of Items in the order of the checklists.
	risk, opportunity []map[string]int
	// Records were read; Failed of them could not be assessed.
	Records, Failed int
	// Outcomes counts datasets by outcome, Grid by the levels of value and risk.
	Outcomes map[string]int
	Grid     map[Cell]int
	// Publishers and Themes count outcomes.
	Publishers, Themes map[string]*Group
	// Items counts the results of each item, Blocks the datasets that it keeps
	// closed.
	Items  map[string]map[string]int
	Blocks map[string]int
	Stops  map[string]int
	// Changes counts by mitigation, Questions by field.
	Changes   map[string]*Change
	Questions map[string]*Question
	// Next are the datasets to open next, the best first.
	Next []Candidate
	// Days are the first and last day of the assessments.
	FirstDay, LastDay string
	// Troubles are the first records that failed.
	Troubles []Result
}

// Cell is a place in the grid of value and risk.
type Cell struct{ Value, Risk string }

// Group counts the outcomes of a publisher or theme.
type Group struct {
	All, Failed int
	Outcomes    map[string]int
}

// Change counts what a mitigation does for the datasets.
type Change struct {
	// Suggested is for how many datasets it is among the fewest changes that clear
	// what stands in the way; Alone how many datasets it would open by itself,
	// whether suggested or in place of the one that is; Together how many it is
	// suggested for that only several changes open; Clears how many findings it
	// clears where it is suggested.
	Suggested, Alone, Together, Clears int
}

// Question counts what an open question holds up.
type Question struct {
	// Decides is for how many datasets it is among the deciding questions that
	// can be asked at once, Alone for how many it is the only one.
	Decides, Alone int
}

// Candidate is a dataset that can be opened.
type Candidate struct {
	Identifier, Title, Publisher, Outcome, Priority, RiskLevel string
	Value, Readiness, Changes                                  int
}

const (
	// maxGroups bounds the names that are counted apart; the rest are counted
	// under the empty name.
	maxGroups = 2000
	// maxNext and maxTroubles bound the lists of datasets.
	maxNext, maxTroubles = 12, 50
)

// NewTotals returns totals of nothing.
func NewTotals(c *checklist.Catalogue) *Totals {
	t := &Totals{
		catalogue: c, Outcomes: map[string]int{}, Grid: map[Cell]int{}, Publishers: map[string]*Group{}, Themes: map[string]*Group{},
		Items: map[string]map[string]int{}, Blocks: map[string]int{}, Stops: map[string]int{}, Changes: map[string]*Change{}, Questions: map[string]*Question{},
	}
	t.risk, t.opportunity = t.counters(c.Risk.Items), t.counters(c.Opportunity.Items)
	return t
}

// Datasets is how many were assessed.
func (t *Totals) Datasets() int { return t.Records - t.Failed }

// Add counts a result.
func (t *Totals) Add(r *Result, lang string) {
	t.Records++
	if r.Failed() {
		t.Failed++
		if len(t.Troubles) < maxTroubles {
			kept := *r
			kept.Line = ""
			t.Troubles = append(t.Troubles, kept)
		}
		t.group(t.Publishers, r.Publisher).add(r)
		return
	}
	v := &r.Verdict
	if t.FirstDay == "" || r.Day < t.FirstDay {
		t.FirstDay = r.Day
	}
	t.LastDay = max(t.LastDay, r.Day)
	t.Outcomes[v.Outcome]++
	t.Grid[Cell{v.ValueLevel, v.RiskLevel}]++
	t.group(t.Publishers, r.Publisher).add(r)
	if len(r.Themes) == 0 {
		t.group(t.Themes, "").add(r)
	}
	for _, theme := range r.Themes {
		t.group(t.Themes, theme).add(r)
	}
	for i, result := range v.Risk {
		t.risk[i][result]++
	}
	for i, result := range v.Opportunity {
		t.opportunity[i][result]++
	}
	for _, id := range v.BlockedBy {
		t.Blocks[id]++
	}
	for _, s := range Stops(r) {
		t.Stops[s]++
	}
	t.changes(r)
	t.questions(v.First)
	t.next(r, lang)
}

func (t *Totals) group(groups map[string]*Group, name string) *Group {
	g := groups[name]
	if g == nil && name != "" && len(groups) >= maxGroups {
		return t.group(groups, "")
	}
	if g == nil {
		g = &Group{Outcomes: map[string]int{}}
		groups[name] = g
	}
	return g
}

func (g *Group) add(r *Result) {
	g.All++
	if r.Failed() {
		g.Failed++
		return
	}
	g.Outcomes[r.Verdict.Outcome]++
}

// counters are those of the items of a checklist in their order.
func (t *Totals) counters(items []checklist.Item) []map[string]int {
	out := make([]map[string]int, len(items))
	for i := range items {
		out[i] = map[string]int{}
		t.Items[items[i].ID] = out[i]
	}
	return out
}

// Opens tells whether the changes lead to a more open outcome, one that is open.
func (t *Totals) Opens(r *Result) bool {
	after := r.Verdict.Changes.Outcome
	return t.open(after) && t.rank(after) < t.rank(r.Verdict.Outcome)
}

// open tells whether the policy says that an outcome opens the dataset.
func (t *Totals) open(outcome string) bool {
	return t.catalogue.Policy.Outcome(outcome).Opens
}

func (t *Totals) rank(outcome string) int {
	return t.catalogue.Policy.OutcomeRank(outcome)
}

func (t *Totals) changes(r *Result) {
	v := &r.Verdict
	opens := t.Opens(r)
	for _, m := range v.Changes.Measures {
		c := t.change(m.Code)
		c.Suggested++
		c.Clears += len(m.Clears)
		if opens && len(v.Alone) == 0 {
			c.Together++
		}
	}
	for _, code := range v.Alone {
		if opens {
			t.change(code).Alone++
		}
	}
}

func (t *Totals) change(code string) *Change {
	c := t.Changes[code]
	if c == nil {
		c = &Change{}
		t.Changes[code] = c
	}
	return c
}

func (t *Totals) questions(fields []string) {
	for _, field := range fields {
		q := t.Questions[field]
		if q == nil {
			q = &Question{}
			t.Questions[field] = q
		}
		q.Decides++
		if len(fields) == 1 {
			q.Alone++
		}
	}
}

// next keeps the datasets that are to be opened next: by their place in the
// queue, then the most valuable, then those with the least to change.
func (t *Totals) next(r *Result, lang string) {
	v := &r.Verdict
	if v.Priority == nil || !t.open(v.Outcome) {
		return
	}
	c := Candidate{
		Identifier: r.Identifier, Title: r.Name(lang), Publisher: r.Publisher, Outcome: v.Outcome, Priority: *v.Priority, RiskLevel: v.RiskLevel,
		Value: v.Value.Low, Readiness: v.Readiness.Low, Changes: len(v.Changes.Measures) + len(v.Changes.Uncleared),
	}
	i, _ := slices.BinarySearchFunc(t.Next, c, before)
	if i >= maxNext {
		return
	}
	t.Next = slices.Insert(t.Next, i, c)
	t.Next = t.Next[:min(len(t.Next), maxNext)]
}

func before(a, b Candidate) int {
	return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.Value, a.Value), cmp.Compare(a.Changes, b.Changes),
		cmp.Compare(b.Readiness, a.Readiness), cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.Title, b.Title))
}

package evidence

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
	"puntari/internal/detect"
)

// Stamp says by what and when something was measured.
type Stamp struct {
	Tool string
	Time time.Time
	File string
}

// Notes are what a person should know about an amended descriptor: comments by
// path, and what was found beside it.
type Notes struct {
	// Suggested are values that are likely and not written, by path.
	Suggested []Suggestion
	// Missing are columns of the descriptor that the file does not have.
	Missing []string
	// Replaced are measured facts that said something else before.
	Replaced []string
}

// Suggestion is a value that a person should confirm.
type Suggestion struct {
	Path, Value string
	// Attribute is the entry of the lexicon or the attribute behind it, if any.
	Attribute string
}

// Amend writes what was measured into a descriptor: the measured facts, the
// types of columns that have none, proposed measures and the record of the
// measurement. No answer of a person is changed.
func Amend(d *descriptor.Dataset, r *Result, c *checklist.Catalogue, s Stamp) Notes {
	w := &writer{d: d, r: r, c: c, judgment: newJudge(c, s.Time.Year())}
	w.identify(s.File)
	w.columns()
	w.profile()
	w.record(s)
	w.statements()
	w.measures()
	return w.notes
}

type writer struct {
	d        *descriptor.Dataset
	r        *Result
	c        *checklist.Catalogue
	judgment *judge
	notes    Notes
	// direct are the columns that point to people by what they hold.
	direct []string
}

func text(s string) *string { return &s }

func count[T int | int64](n T) *descriptor.Number { return &descriptor.Number{Value: float64(n)} }

// amount is a number with a few digits, so that the same data give the same text.
func amount(v float64) *descriptor.Number {
	return &descriptor.Number{Value: rounded(v)}
}

func rounded(v float64) float64 {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	x, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil {
		return v
	}
	return x
}

func yesNo(b bool) *string {
	if b {
		return text("yes")
	}
	return text("no")
}

func plain(names []Name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.text
	}
	return out
}

// identify gives a new descriptor what it must have.
func (w *writer) identify(file string) {
	if w.d.DescriptorVersion == nil {
		w.d.DescriptorVersion = text(w.c.Descriptor.Version)
	}
	base, _, _ := strings.Cut(filepath.Base(file), ".")
	if w.d.Dataset.Identifier == nil {
		w.d.Dataset.Identifier = text(base)
		w.notes.Suggested = append(w.notes.Suggested, Suggestion{Path: "dataset.identifier", Value: base})
	}
	if len(w.d.Dataset.Title) == 0 {
		w.d.Dataset.Title = descriptor.LangText{"und": base}
		w.notes.Suggested = append(w.notes.Suggested, Suggestion{Path: "dataset.title", Value: base})
	}
}

// columns adds the columns that the descriptor does not have, and the types.
func (w *writer) columns() {
	at := map[string]int{}
	for i, f := range w.d.Schema.Fields {
		if f.Name != nil {
			at[*f.Name] = i
		}
	}
	for i := range w.r.Columns {
		c := &w.r.Columns[i]
		k, ok := at[c.Name.text]
		if !ok {
			k = len(w.d.Schema.Fields)
			w.d.Schema.Fields = append(w.d.Schema.Fields, descriptor.Column{Name: text(c.Name.text)})
			at[c.Name.text] = k
		}
		f := &w.d.Schema.Fields[k]
		if f.Type == nil && c.Type != TypeAny {
			f.Type = text(c.Type.String())
		}
		w.suggest(k, f, c)
	}
	for _, f := range w.d.Schema.Fields {
		if f.Name != nil && !slices.ContainsFunc(w.r.Columns, func(c Column) bool { return c.Name.text == *f.Name }) && !slices.Contains(f.Transforms, "dropped") {
			w.notes.Missing = append(w.notes.Missing, *f.Name)
		}
	}
}

func (w *writer) suggest(k int, f *descriptor.Column, c *Column) {
	at := "schema.fields[" + strconv.Itoa(k) + "]."
	add := func(attribute, value string, given *string) {
		if given == nil && value != "" {
			w.notes.Suggested = append(w.notes.Suggested, Suggestion{at + attribute, value, c.Attribute.text})
		}
	}
	if c.Role != NoRole && c.Role != MeasureRole && c.Basis != Stated {
		add("disclosureRole", c.Role.String(), f.DisclosureRole)
	}
	if c.FreeText {
		add("contentKind", "free_text", f.ContentKind)
	}
	if p := precision(c); p != "" && c.Type != TypeYear {
		add("temporalPrecision", p, f.TemporalPrecision)
	}
	if u := w.spatialUnit(c); u != "" {
		add("spatialUnit", u, f.SpatialUnit)
	}
}

// precision is the precision of a column in the words of the catalogue.
func precision(c *Column) string {
	return [...]string{"", "year", "month", "day", "hour", "minute", "second"}[c.Precision]
}

// spatialUnit is the unit that a column's values show, in the words of the
// catalogue: positions by the size of their steps, addresses and postal codes by
// what they are.
func (w *writer) spatialUnit(c *Column) string {
	if c.Metres > 0 {
		for _, g := range w.c.Evidence.SpatialUnits {
			if c.Metres < g.Below {
				return g.Unit
			}
		}
	}
	for _, f := range c.Findings {
		for i := range w.c.Evidence.Detectors {
			if d := &w.c.Evidence.Detectors[i]; f.Verdict == Is && d.Kind == f.Kind.String() && d.SpatialUnit != "" {
				return d.SpatialUnit
			}
		}
	}
	return ""
}

// aboutPeople tells whether something in the file or in the descriptor says that
// rows are about people.
func (w *writer) aboutPeople() bool {
	switch w.r.Rows {
	case RowsPerson, RowsEvent:
		return true
	case RowsThing, RowsAggregate:
		return false
	}
	if p := w.d.PersonalData.SourceRelatesToPersons; p != nil && *p != "no" {
		return true
	}
	for i := range w.r.Columns {
		c := &w.r.Columns[i]
		entry, _ := w.judgment.matches(c.Name)
		if entry != nil && !c.Name.Masked {
			return true
		}
		for _, f := range c.Findings {
			if f.Persons && f.Verdict >= Contains {
				return true
			}
		}
	}
	return false
}

// profile writes the measured facts that the policies read.
func (w *writer) profile() {
	p := &w.d.Profile
	old := *p
	p.Available = text("yes")
	p.RowCount = count(w.r.Source.Rows)
	if len(w.r.Scenarios) > 0 && w.r.Scenarios[0].ID.text == "all" && w.aboutPeople() && !slices.Contains(w.r.Limits, LimitEntity) {
		p.KMin = count(max(1, w.r.Scenarios[0].K))
		p.UniqueShare = amount(w.r.Scenarios[0].UniqueShare)
	} else if w.aboutPeople() {
		p.KMin, p.UniqueShare = nil, nil // an older figure is not of this file
	}
	p.TrackUniqueShare = nil
	if t := w.r.Tracks; t != nil && len(t.Known) > 0 {
		p.TrackUniqueShare = amount(t.Known[len(t.Known)-1].Share)
	}
	if len(w.r.Sensitive) > 0 {
		least := math.MaxInt
		for _, s := range w.r.Sensitive {
			least = min(least, s.L)
		}
		p.LMin = count(max(1, least))
	}
	if w.r.Rows == RowsAggregate && len(w.r.Cells) > 0 {
		least := math.MaxInt
		for _, c := range w.r.Cells {
			least = min(least, c.Smallest)
		}
		p.MinCellCount = count(least)
	}
	blank := 0.0
	formula := int64(0)
	p.PiiHits = []descriptor.PatternHit{}
	for i := range w.r.Columns {
		c := &w.r.Columns[i]
		if n := c.Filled + c.Blank; n > 0 {
			blank = max(blank, float64(c.Blank)/float64(n))
		}
		formula += c.Formula
		w.hits(c.Name.text, c.Findings)
	}
	w.hits("", w.r.Beyond)
	p.NullShareMax = amount(blank)
	p.FormulaLikeCells = count(formula)
	replaced := func(path string, before, now *descriptor.Number) {
		if before != nil && !before.Unknown && (now == nil || now.Value != before.Value) {
			w.notes.Replaced = append(w.notes.Replaced, path)
		}
	}
	replaced("profile.rowCount", old.RowCount, p.RowCount)
	replaced("profile.kMin", old.KMin, p.KMin)
	replaced("profile.uniqueShare", old.UniqueShare, p.UniqueShare)
	replaced("profile.trackUniqueShare", old.TrackUniqueShare, p.TrackUniqueShare)
	replaced("profile.lMin", old.LMin, p.LMin)
	replaced("profile.minCellCount", old.MinCellCount, p.MinCellCount)
}

func (w *writer) hits(column string, found Findings) {
	for _, f := range found {
		rule := w.judgment.detectors[f.Kind]
		if rule.Pattern == "" || f.Verdict < Contains {
			continue
		}
		h := descriptor.PatternHit{Pattern: text(rule.Pattern), Count: count(f.Valid + f.Inside)}
		if column != "" {
			h.Field = text(column)
		}
		w.d.Profile.PiiHits = append(w.d.Profile.PiiHits, h)
	}
}

// record writes the record of the measurement.
func (w *writer) record(s Stamp) {
	r := w.r
	e := descriptor.EvidenceSection{
		Tool: text(s.Tool), MeasuredAt: text(s.Time.UTC().Format(time.RFC3339)), Rules: text(w.c.Digest()),
		File: text(filepath.Base(s.File)), Bytes: count(r.Source.Bytes), Digest: text(r.Source.Digest.text), Format: text(string(r.Source.Format)),
		Header: yesNo(r.Source.Header), Rows: count(r.Source.Rows), TotalRows: count(r.Source.Totals), NoteRows: count(r.Source.Notes), RaggedRows: count(r.Source.Ragged), SamplingFraction: amount(r.Fraction),
		Guessed: []string{}, Limits: []string{},
	}
	if r.Source.Encoding.text != "" {
		e.Encoding = text(r.Source.Encoding.text)
	}
	switch r.Source.Delimiter {
	case 0:
	case '\t':
		e.Delimiter = text("tab")
	case ' ':
		e.Delimiter = text("space")
	default:
		e.Delimiter = text(string(r.Source.Delimiter))
	}
	for _, g := range r.Source.Guessed {
		e.Guessed = append(e.Guessed, g.text)
	}
	if r.Rows != RowsUnknown {
		e.RowsAre = text(r.Rows.String())
	}
	if r.Entity.text != "" {
		e.Entity = text(r.Entity.text)
	}
	for _, l := range r.Limits {
		e.Limits = append(e.Limits, l.String())
	}
	for i := range r.Columns {
		c := &r.Columns[i]
		x := descriptor.MeasuredColumn{Name: text(c.Name.text), Blank: count(c.Blank), Distinct: count(c.Distinct), DistinctBasis: text("exact"), Longest: count(c.Longest)}
		if !c.Exact {
			x.DistinctBasis = text("estimate")
		}
		if c.Basis != ByNothing {
			x.Role, x.RoleBasis = text(c.Role.String()), text(c.Basis.String())
		}
		e.Columns = append(e.Columns, x)
		e.Findings = append(e.Findings, found(c.Name.text, c.Findings)...)
	}
	e.Findings = append(e.Findings, found("", r.Beyond)...)
	for _, s := range r.Scenarios {
		x := descriptor.MeasuredScenario{Scenario: text(s.ID.text), Columns: plain(s.Columns), K: count(s.K), Unique: count(s.Uniques), Below5: count(s.Below5),
			Below10: count(s.Below10), MeanRisk: amount(s.MeanRisk)}
		if s.Theta != nil {
			x.Theta = amount(s.Theta.Theta)
		}
		if s.Expected != nil {
			x.Expected, x.Risky = amount(*s.Expected), count(*s.Risky)
		}
		e.Scenarios = append(e.Scenarios, x)
	}
	if t := r.Tracks; t != nil {
		e.TrackColumns = plain(t.Points)
		for _, x := range t.Known {
			e.Tracks = append(e.Tracks, descriptor.MeasuredTrack{Points: count(x.Points), Drawn: count(x.Drawn), Unique: count(x.Unique), Share: amount(x.Share)})
		}
	}
	for _, s := range r.Sensitive {
		x := descriptor.MeasuredSensitive{Field: text(s.Column.text), L: count(s.L), EntropyL: amount(s.EntropyL), T: amount(s.T), Homogeneous: count(s.Homogeneous)}
		if s.TOrdered != nil {
			x.TOrdered = amount(*s.TOrdered)
		}
		e.Sensitive = append(e.Sensitive, x)
	}
	if c := r.Contributions; c != nil {
		e.ContributionRows = count(c.Rows)
		for _, x := range c.Columns {
			e.Contributions = append(e.Contributions, descriptor.MeasuredContribution{Field: text(x.Column.text), Share: amount(x.Share)})
		}
	}
	if r.Combinations != nil {
		for _, x := range r.Combinations.Worst {
			e.Combinations = append(e.Combinations, descriptor.MeasuredCombination{Columns: plain(x.Columns), K: count(x.K), Unique: count(x.Uniques)})
		}
	}
	w.recordChanges(&e)
	for _, v := range r.Values {
		e.JudgedBy = append(e.JudgedBy, descriptor.MeasuredParam{Param: text(v.Param.text), Value: amount(v.Value)})
	}
	for _, c := range r.Cells {
		e.Cells = append(e.Cells, descriptor.MeasuredCells{Field: text(c.Column.text), Smallest: count(c.Smallest), Ones: count(c.Ones), Below5: count(c.Below5), Below10: count(c.Below10), Hidden: count(c.Hidden)})
	}
	w.recordFigures(&e)
	w.d.Evidence = e
}

// recordFigures records what the totals and sums of a table of figures give away.
func (w *writer) recordFigures(e *descriptor.EvidenceSection) {
	if t := w.r.Totals; t != nil {
		e.Totals = append([]string{}, plain(t.Columns)...)
		e.HiddenCells, e.RecoverableCells, e.LeftOutCells = count(t.Hidden), count(t.Recoverable), count(t.LeftOut)
	}
	for _, x := range w.r.Dominance {
		m := descriptor.MeasuredDominance{Field: text(x.Column.text), Contributors: text(x.Contributors.text), By: plain(x.By), Cells: count(x.Cells),
			Unsafe: count(x.Unsafe), Few: count(x.Few)}
		if x.Cells > 0 {
			m.Fewest = count(x.Fewest)
		}
		if x.Share != nil {
			// Rounded so that other parameters are never judged too laxly by them.
			const digits = 1e6
			m.Share = &descriptor.Number{Value: min(1, math.Ceil(*x.Share*digits)/digits)}
			m.Estimate = &descriptor.Number{Value: math.Floor(*x.Estimate*digits) / digits}
		}
		e.Dominance = append(e.Dominance, m)
	}
}

// recordedChanges is how many single changes are kept; the best come first.
const recordedChanges = 12

func (w *writer) recordChanges(e *descriptor.EvidenceSection) {
	change := func(c Change, track *float64) descriptor.MeasuredChange {
		x := descriptor.MeasuredChange{Change: text(c.Recoding.text), Columns: []string{c.Column.text}, With: plain(c.With), K: count(c.K), Unique: count(c.Uniques), Below5: count(c.Below5), Planned: yesNo(false)}
		if len(c.With) == 0 {
			x.With = nil
		}
		if track != nil {
			x.TrackShare = amount(*track)
		}
		return x
	}
	plan := func(p *Plan, proposed bool) {
		e.Plans = append(e.Plans, descriptor.MeasuredPlan{Plan: text(p.ID.text), K: count(p.K), Reached: yesNo(p.Reached), Coarser: count(p.Coarser), Dropped: count(p.Dropped), Removed: count(p.Removed), Groups: count(p.Groups)})
		for _, c := range p.Changes {
			c.K, c.Uniques = p.K, p.Uniques
			x := change(c, p.TrackShare)
			x.Plan, x.Planned, x.Below5 = text(p.ID.text), yesNo(proposed), nil
			e.Changes = append(e.Changes, x)
		}
	}
	if w.r.Plan != nil {
		plan(w.r.Plan, true)
	}
	for i := range w.r.Alternatives {
		plan(&w.r.Alternatives[i], false)
	}
	for i, c := range w.r.Changes {
		if i == recordedChanges {
			break
		}
		e.Changes = append(e.Changes, change(c, c.TrackShare))
	}
	for _, t := range w.r.Twins {
		e.Twins = append(e.Twins, descriptor.MeasuredTwins{Columns: plain(t)})
	}
}

func found(column string, all Findings) []descriptor.MeasuredFinding {
	var out []descriptor.MeasuredFinding
	for _, f := range all {
		x := descriptor.MeasuredFinding{Kind: text(f.Kind.String()), Verdict: text(f.Verdict.String()), Shaped: count(f.Shaped), Valid: count(f.Valid), Inside: count(f.Inside)}
		if column != "" {
			x.Field = text(column)
		}
		if f.Expected > 0 {
			x.Expected = amount(f.Expected)
		}
		out = append(out, x)
	}
	return out
}

// statements writes what the file says of answers that can be tested.
func (w *writer) statements() {
	w.d.Evidence.Statements = []descriptor.MeasuredStatement{}
	say := func(field, value string, columns ...string) {
		w.d.Evidence.Statements = append(w.d.Evidence.Statements, descriptor.MeasuredStatement{Field: text(field), Value: text(value), Columns: columns})
	}
	var ids, people, texts, points []string
	metres := math.Inf(1)
	beyond := false
	for i := range w.r.Columns {
		c := &w.r.Columns[i]
		at := "schema.fields[" + c.Name.text + "]."
		if w.saidDropped(c.Name.text) {
			say(at+"transforms", "none", c.Name.text)
		}
		for _, f := range c.Findings {
			if f.Verdict < Contains || !f.Persons {
				continue
			}
			people = append(people, c.Name.text)
			if f.Kind == detect.Hetu {
				ids = append(ids, c.Name.text)
			}
			if f.Verdict == Is {
				w.direct = append(w.direct, c.Name.text)
				say(at+"disclosureRole", DirectIdentifier.String(), c.Name.text)
			}
		}
		if c.FreeText {
			texts = append(texts, c.Name.text)
			say(at+"contentKind", "free_text", c.Name.text)
		}
		if p := precision(c); p != "" && c.Type != TypeYear {
			say(at+"temporalPrecision", p, c.Name.text)
		}
		if u := w.spatialUnit(c); u != "" {
			say(at+"spatialUnit", u, c.Name.text)
		}
		if c.Metres > 0 {
			points = append(points, c.Name.text)
			metres = min(metres, c.Metres)
		}
	}
	for _, f := range w.r.Beyond {
		beyond = beyond || f.Kind == detect.Hetu && f.Verdict >= Contains
	}
	switch {
	case len(ids) > 0 || beyond:
		say("personalData.nationalIdentifierPresent", "yes", ids...)
	default:
		say("personalData.nationalIdentifierPresent", "no")
	}
	if len(people) > 0 || beyond {
		say("personalData.sourceRelatesToPersons", "yes", slices.Compact(people)...)
	}
	if len(w.direct) > 0 {
		say("personalData.releaseLevel", "record_identifiable", slices.Compact(w.direct)...)
	}
	if len(texts) > 0 {
		say("content.freeTextReview", "none", texts...)
	}
	if len(points) > 0 {
		say("spatial.resolutionM", strconv.FormatFloat(rounded(metres), 'f', -1, 64), points...)
	}
	if w.r.Rows == RowsAggregate && w.d.Profile.MinCellCount != nil {
		var columns []string
		for _, c := range w.r.Cells {
			columns = append(columns, c.Column.text)
		}
		say("disclosureControl.minCellCount", strconv.FormatFloat(w.d.Profile.MinCellCount.Value, 'f', -1, 64), columns...)
	}
	// Two points of a person are enough to show a movement.
	if t := w.r.Tracks; t != nil && t.Place && len(t.Known) > 1 {
		say("spatial.trajectories", "yes", plain(t.Points)...)
	}
	w.figures(say)
}

// figures says what the totals and sums of a table of figures show.
func (w *writer) figures(say func(field, value string, columns ...string)) {
	if t := w.r.Totals; t != nil {
		switch {
		case t.Recoverable+t.LeftOut > 0:
			say("disclosureControl.secondarySuppression", "no")
		case t.Hidden > 0 && t.Complete && (t.Beside || len(t.Columns) > 0):
			say("disclosureControl.secondarySuppression", "yes")
		}
	}
	var unsafe []string
	for _, x := range w.r.Dominance {
		if x.Unsafe > 0 {
			unsafe = append(unsafe, x.Column.text)
		}
	}
	switch {
	case len(unsafe) > 0:
		say("disclosureControl.dominanceRule", "not_applied", unsafe...)
	case len(w.r.Dominance) > 0 && !w.r.Dominance[0].Counted:
		say("disclosureControl.dominanceRule", "applied")
	}
}

// saidDropped tells whether the descriptor says that a column is not in the
// release.
func (w *writer) saidDropped(name string) bool {
	return slices.ContainsFunc(w.d.Schema.Fields, func(f descriptor.Column) bool {
		return f.Name != nil && *f.Name == name && slices.Contains(f.Transforms, "dropped")
	})
}

// measures proposes to drop what points to people and to make the changes of the
// plan, with the group size that they lead to. What is proposed or done already
// is not proposed again.
func (w *writer) measures() {
	// In data about people an address of mail or a number of a telephone points to
	// somebody as a name does; elsewhere it may be that of an office.
	direct := slices.Clone(w.direct)
	for i := range w.r.Columns {
		if c := &w.r.Columns[i]; c.Role == DirectIdentifier && w.aboutPeople() {
			direct = append(direct, c.Name.text)
		}
	}
	slices.Sort(direct)
	direct = slices.Compact(direct)
	w.protectFigures()
	if w.r.Plan == nil && len(direct) == 0 {
		return
	}
	set := map[string]any{}
	if p := w.r.Plan; p != nil && len(p.Changes) > 0 && w.aboutPeople() {
		set["profile.kMin"] = max(1, p.K)
		set["profile.uniqueShare"] = rounded(p.UniqueShare)
		if p.TrackShare != nil {
			set["profile.trackUniqueShare"] = rounded(*p.TrackShare)
		}
	}
	if len(direct) > 0 {
		w.propose(dropping, direct, nil, set)
	}
	if w.r.Plan == nil || !w.aboutPeople() {
		return
	}
	type group struct {
		code    string
		params  map[string]string
		columns []string
	}
	var groups []*group
	add := func(column, recoding, code string) {
		var params map[string]string
		for i := range w.c.Evidence.Recodings {
			if r := &w.c.Evidence.Recodings[i]; r.ID == recoding {
				params = r.Params
			}
		}
		i := slices.IndexFunc(groups, func(g *group) bool { return g.code == code && fmt.Sprint(g.params) == fmt.Sprint(params) })
		if i < 0 {
			groups = append(groups, &group{code: code, params: params})
			i = len(groups) - 1
		}
		groups[i].columns = append(groups[i].columns, column)
	}
	for _, c := range w.r.Plan.Changes {
		add(c.Column.text, c.Recoding.text, c.Code.text)
		for _, twin := range c.With {
			add(twin.text, "", dropping)
		}
	}
	if p := w.r.Plan; p.Removed > 0 {
		if rule := w.c.Evidence.Plan(p.ID.text); rule != nil && rule.Code != "" {
			groups = append(groups, &group{code: rule.Code, columns: plain(w.r.Scenarios[0].Columns)})
		}
	}
	for _, g := range groups {
		w.propose(g.code, g.columns, g.params, set)
	}
}

// dropping is the code of the measure that drops columns.
const dropping = "M01"

// protectFigures proposes to hide more figures where totals give hidden ones away.
func (w *writer) protectFigures() {
	t := w.r.Totals
	if t == nil || t.Recoverable+t.LeftOut == 0 {
		return
	}
	var columns []string
	for i := range w.r.Columns {
		if c := &w.r.Columns[i]; c.Figures && (c.Hidden > 0 || t.Recoverable == 0) {
			columns = append(columns, c.Name.text)
		}
	}
	w.propose("M07", columns, nil, nil)
}

func (w *writer) propose(code string, columns []string, params map[string]string, set map[string]any) {
	lib := w.c.Mitigation(code)
	if lib == nil {
		return
	}
	columns = slices.DeleteFunc(slices.Clone(columns), func(c string) bool {
		return slices.ContainsFunc(w.d.Mitigations, func(m descriptor.Measure) bool {
			return m.Code != nil && *m.Code == code && slices.Contains(m.Fields, c)
		})
	})
	if len(columns) == 0 {
		return
	}
	m := descriptor.Measure{Code: text(code), Status: text("proposed"), Fields: columns, Params: map[string]any{}}
	for k, v := range params {
		m.Params[k] = v
	}
	allowed := map[string]any{}
	for k, v := range set {
		if slices.Contains(lib.Patch.Allow, k) {
			allowed[k] = v
		}
	}
	if code == dropping && slices.ContainsFunc(w.d.Evidence.Statements, func(s descriptor.MeasuredStatement) bool {
		return *s.Field == "personalData.nationalIdentifierPresent" && *s.Value == "yes" && len(s.Columns) > 0 && subset(s.Columns, columns)
	}) {
		allowed["personalData.nationalIdentifierPresent"] = "no"
	}
	if len(allowed) > 0 {
		m.Params["set"] = allowed
	}
	if len(m.Params) == 0 {
		m.Params = nil
	}
	w.d.Mitigations = append(w.d.Mitigations, m)
}

func subset(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

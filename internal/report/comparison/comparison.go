// Package comparison writes what a change of a data policy does to known
// datasets: as a workbook, as Markdown, and as a summary for the terminal.
package comparison

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/impact"
	"puntari/internal/palette"
	"puntari/internal/report/markdown"
	"puntari/internal/report/tables"
	"puntari/internal/wording"
)

// Names are what the two policies are called.
type Names struct{ Old, New string }

// writer has the words of both policies; a thing that only the old one has is
// named by its words.
type writer struct {
	c        *impact.Comparison
	t        *impact.Totals
	old, new *checklist.Catalogue
	words    *wording.Words
	lang     string
	names    Names
}

func newWriter(c *impact.Comparison, t *impact.Totals, words *wording.Words, names Names) *writer {
	old, new := c.Policies()
	return &writer{c, t, old.Catalogue, new.Catalogue, words, words.Lang, names}
}

// say is a text of this package; params are names and values in turn.
func (w *writer) say(key string, params ...string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(params); i += 2 {
		m[params[i]] = params[i+1]
	}
	return w.words.Message("impact."+key, m)
}

func (w *writer) outcome(code string) string {
	if code == "" {
		return w.say("not_assessed")
	}
	if w.new.Policy.OutcomeRank(code) < 0 {
		return w.old.Policy.Outcome(code).Label.In(w.lang)
	}
	return w.new.Policy.Outcome(code).Label.In(w.lang)
}

// fromTo is a value before and after, or the value where both are the same.
func (w *writer) fromTo(before, after string) string {
	if before == after {
		return after
	}
	none := w.say("none")
	if before == "" {
		before = none
	}
	if after == "" {
		after = none
	}
	return w.say("from_to", "before", before, "after", after)
}

func (w *writer) item(id string) *checklist.Item {
	if it := w.new.Item(id); it != nil {
		return it
	}
	return w.old.Item(id)
}

// result names a result of an item, with its level.
func (w *writer) result(id, result, level string) string {
	names := w.new.Policy.Results.Opportunity
	if it := w.item(id); it != nil && it.Severity > 0 {
		names = w.new.Policy.Results.Risk
	}
	s := names[result].In(w.lang)
	switch result {
	case "":
		return w.say("no_item")
	case assessment.OutOfForce:
		return w.say("out_of_force")
	}
	if level != "" {
		s += " (" + w.level(level) + ")"
	}
	return s
}

func (w *writer) level(code string) string {
	for _, l := range slices.Concat(w.new.Policy.Levels.Names, w.old.Policy.Levels.Names) {
		if l.Level == code {
			return l.Label.In(w.lang)
		}
	}
	return code
}

func (w *writer) roles(codes []string) string {
	var out []string
	for _, code := range codes {
		label := code
		for _, r := range slices.Concat(w.old.Policy.Roles, w.new.Policy.Roles) {
			if r.Code == code {
				label = r.Label.In(w.lang)
			}
		}
		out = append(out, label)
	}
	return strings.Join(out, ", ")
}

// change says in words what was changed.
func (w *writer) change(ch *impact.Change) string {
	what := w.say("kind."+ch.Kind, "name", w.named(ch))
	switch ch.Attribute {
	case "added":
		what += ": " + w.say("added")
	case "removed":
		what += ": " + w.say("removed")
	case "rules":
		what += ": " + w.say("rules")
	case "texts":
	default:
		if t, ok := w.words.Catalogue.Messages["impact.attribute."+ch.Attribute]; ok {
			what += ", " + t.In(w.lang)
		}
	}
	if ch.Before != "" || ch.After != "" {
		what += " " + w.fromTo(w.value(ch, ch.Before), w.value(ch, ch.After))
	}
	if ch.Measured {
		what += ". " + w.say("measured")
	}
	return what
}

// value is a value of a change in words.
func (w *writer) value(ch *impact.Change, s string) string {
	switch {
	case ch.Kind == impact.Level && ch.Attribute == "level":
		return w.level(s)
	case ch.Kind == impact.SignOff:
		return w.roles(strings.Split(s, ", "))
	case s == "true" || s == "false":
		return w.words.Message(map[string]string{"true": "common.yes", "false": "common.no"}[s], nil)
	case w.lang != "en":
		if _, err := strconv.ParseFloat(s, 64); err == nil {
			return strings.Replace(s, ".", ",", 1)
		}
	}
	return s
}

// named is the name of what was changed, with the words for it.
func (w *writer) named(ch *impact.Change) string {
	words := ""
	switch ch.Kind {
	case impact.Param:
		p, ok := w.new.Policy.Params[ch.Name]
		if !ok {
			p = w.old.Policy.Params[ch.Name]
		}
		words = p.Label.In(w.lang)
	case impact.Item:
		if it := w.item(ch.Name); it != nil {
			words = it.Title.In(w.lang)
		}
	case impact.Rule:
		path, id, _ := strings.Cut(ch.Name, " ")
		row := path[strings.LastIndexByte(path, '.')+1:]
		if it := w.item(id); it != nil {
			words = it.Title.In(w.lang) + ", " + w.result(id, row, "")
		}
		return id + " " + words
	case impact.Condition, impact.Question:
		words = w.words.Catalogue.Messages["docs."+ch.Name].In(w.lang)
	case impact.Field:
		words = w.words.Label(ch.Name)
	case impact.Mitigation:
		m := w.new.Mitigation(ch.Name)
		if m == nil {
			m = w.old.Mitigation(ch.Name)
		}
		words = m.Name.In(w.lang)
	}
	if words == "" || words == ch.Name {
		return ch.Name
	}
	return ch.Name + " " + words
}

// parts names the parts in which a dataset differs.
func (w *writer) parts(d *impact.Difference) string {
	var out []string
	for _, p := range d.What {
		out = append(out, w.say("part."+p))
	}
	return strings.Join(out, ", ")
}

// because names the changes behind a difference by their numbers.
func (w *writer) because(d *impact.Difference) string {
	var out []string
	for _, n := range d.Because {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}

func (w *writer) itemsOf(d *impact.Difference) string {
	var out []string
	for _, x := range d.Items {
		out = append(out, x.Item+": "+w.fromTo(w.result(x.Item, x.Before, x.BeforeLevel), w.result(x.Item, x.After, x.AfterLevel)))
	}
	return strings.Join(out, "\n")
}

// transitions are the pairs of outcomes that occur, those that differ first.
func (w *writer) transitions() [][2]string {
	codes := []string{""}
	for _, o := range slices.Concat(w.old.Policy.Outcomes, w.new.Policy.Outcomes) {
		if !slices.Contains(codes, o.Code) {
			codes = append(codes, o.Code)
		}
	}
	var differ, same [][2]string
	for _, a := range codes {
		for _, b := range codes {
			pair := [2]string{a, b}
			switch {
			case w.t.Outcomes[pair] == 0:
			case a == b:
				same = append(same, pair)
			default:
				differ = append(differ, pair)
			}
		}
	}
	return append(differ, same...)
}

// figures are the counts, each with its name.
func (w *writer) figures() [][2]string {
	out := [][2]string{{w.say("records"), strconv.Itoa(w.t.Records)}}
	if w.t.Failed > 0 {
		out = append(out, [2]string{w.say("failed"), strconv.Itoa(w.t.Failed)})
	}
	out = append(out, [2]string{w.say("differ"), strconv.Itoa(w.t.Differ)}, [2]string{w.say("decided"), strconv.Itoa(w.t.Decided)})
	for _, p := range []string{impact.Outcome, impact.HardStops, impact.RiskLevel, impact.Signers, impact.Priority, impact.Questions} {
		if n := w.t.Parts[p]; n > 0 {
			out = append(out, [2]string{"– " + w.say("part."+p), strconv.Itoa(n)})
		}
	}
	return out
}

func (w *writer) edition(c *checklist.Catalogue, p *impact.Policy) string {
	d := p.Engine.Digests()
	return w.say("edition", "version", c.Policy.Version, "rules", short(d.Policies), "checklists", short(d.Checklists))
}

func short(digest string) string { return strings.TrimPrefix(digest, "sha256:")[:8] }

// Markdown writes the comparison for a merge request or an e-mail.
func Markdown(out io.Writer, c *impact.Comparison, t *impact.Totals, words *wording.Words, names Names) error {
	w := newWriter(c, t, words, names)
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = markdown.Escape(strings.ReplaceAll(cells[i], "\n", "; "))
		}
		line("| ", strings.Join(cells, " | "), " |")
	}
	head := func(keys ...string) {
		cells := make([]string, len(keys))
		for i, k := range keys {
			cells[i] = w.say("column." + k)
		}
		row(cells...)
		line("|", strings.Repeat(" --- |", len(keys)))
	}
	old, new := c.Policies()
	line("# ", w.say("title"))
	line()
	line("- ", w.say("old"), ": ", markdown.Escape(names.Old), " (", w.edition(w.old, old), ")")
	line("- ", w.say("new"), ": ", markdown.Escape(names.New), " (", w.edition(w.new, new), ")")
	line()
	head("figure", "datasets")
	for _, f := range w.figures() {
		row(f[0], f[1])
	}
	line()
	line("## ", w.say("changes"))
	line()
	if len(c.Changes) == 0 {
		line(w.say("no_changes"))
	} else {
		head("number", "change", "datasets", "decided")
		for i := range c.Changes {
			row(strconv.Itoa(i+1), w.change(&c.Changes[i]), strconv.Itoa(t.Changes[i].Datasets), strconv.Itoa(t.Changes[i].Decided))
		}
	}
	line()
	line("## ", w.say("outcomes"))
	line()
	head("before", "after", "datasets")
	for _, pair := range w.transitions() {
		row(w.outcome(pair[0]), w.outcome(pair[1]), strconv.Itoa(t.Outcomes[pair]))
	}
	if len(t.Worst) > 0 {
		line()
		line("## ", w.say("datasets"))
		line()
		if n := t.Decided - len(t.Worst); n > 0 {
			line(w.say("more", "count", strconv.Itoa(n)))
			line()
		}
		head("dataset", "outcome", "items", "because")
		for _, d := range t.Worst {
			row(d.Name(w.lang), w.fromTo(w.outcome(d.Before.Outcome), w.outcome(d.After.Outcome)), w.itemsOf(d), w.because(d))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// Terminal writes the figures, the outcomes that differ and the changes.
func Terminal(out io.Writer, c *impact.Comparison, t *impact.Totals, words *wording.Words, names Names) {
	w := newWriter(c, t, words, names)
	for _, f := range w.figures() {
		fmt.Fprintf(out, "%8s  %s\n", f[1], f[0])
	}
	section := func(key string) { fmt.Fprintf(out, "\n%s\n", w.say(key)) }
	first := true
	for _, pair := range w.transitions() {
		if pair[0] == pair[1] {
			continue
		}
		if first {
			section("outcomes")
			first = false
		}
		fmt.Fprintf(out, "%8d  %s\n", t.Outcomes[pair], w.fromTo(w.outcome(pair[0]), w.outcome(pair[1])))
	}
	section("changes")
	if len(c.Changes) == 0 {
		fmt.Fprintln(out, "  "+w.say("no_changes"))
	}
	for i := range c.Changes {
		fmt.Fprintf(out, "%8d  %d. %s\n", t.Changes[i].Datasets, i+1, w.change(&c.Changes[i]))
	}
}

// maxRows is how many datasets a workbook lists; NDJSON has them all.
const maxRows = 50_000

// Workbook writes the comparison as a workbook.
func Workbook(out io.Writer, c *impact.Comparison, t *impact.Totals, words *wording.Words, names Names) error {
	w := newWriter(c, t, words, names)
	old, new := c.Policies()
	column := func(key string, width float64) tables.Column {
		return tables.Column{Title: w.say("column." + key), Width: width}
	}
	number := func(n int) tables.Cell { return tables.Number(float64(n)) }
	summary := tables.Table{
		Name: w.say("title"), Columns: []tables.Column{column("figure", 60), column("datasets", 14)},
		About: w.say("old") + ": " + names.Old + " (" + w.edition(w.old, old) + ")\n" + w.say("new") + ": " + names.New + " (" + w.edition(w.new, new) + ")",
	}
	for _, f := range w.figures() {
		n, _ := strconv.ParseFloat(f[1], 64) // a count
		summary.Rows = append(summary.Rows, []tables.Cell{tables.Text(f[0]), tables.Number(n)})
	}
	outcomes := tables.Table{Name: w.say("outcomes"), Columns: []tables.Column{column("before", 40), column("after", 40), column("datasets", 14)}}
	for _, pair := range w.transitions() {
		outcomes.Rows = append(outcomes.Rows, []tables.Cell{
			tables.Chip(w.outcome(pair[0]), palette.Outcome(pair[0])), tables.Chip(w.outcome(pair[1]), palette.Outcome(pair[1])), number(t.Outcomes[pair]),
		})
	}
	changes := tables.Table{
		Name: w.say("changes"), About: w.say("changes.about"),
		Columns: []tables.Column{column("number", 8), column("change", 90), column("items_of", 60), column("datasets", 12), column("decided", 14)},
	}
	for i := range c.Changes {
		ch := &c.Changes[i]
		changes.Rows = append(changes.Rows, []tables.Cell{
			number(i + 1), tables.Text(w.change(ch)), tables.Text(strings.Join(ch.Items, ", ")), number(t.Changes[i].Datasets), number(t.Changes[i].Decided),
		})
	}
	items := tables.Table{
		Name: w.say("items"), Fixed: 2,
		Columns: []tables.Column{column("item", 14), column("title", 44), column("before", 26), column("after", 26), column("datasets", 12)},
	}
	for _, l := range []*checklist.Catalogue{w.new, w.old} {
		for _, it := range slices.Concat(l.Risk.Items, l.Opportunity.Items) {
			m := t.Items[it.ID]
			if l == w.old && w.new.Item(it.ID) != nil {
				continue
			}
			for _, a := range append([]string{""}, results...) {
				for _, b := range append([]string{""}, results...) {
					if n := m[[2]string{a, b}]; n > 0 {
						items.Rows = append(items.Rows, append(tables.Texts(it.ID, it.Title.In(w.lang), w.result(it.ID, a, ""), w.result(it.ID, b, "")), number(n)))
					}
				}
			}
		}
	}
	datasets, err := w.datasets()
	if err != nil {
		return err
	}
	return tables.Write(out, tables.Book{Lang: w.lang, Title: w.say("title"), Creator: "Puntari", Tables: []tables.Table{summary, outcomes, changes, items, *datasets}})
}

var results = []string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.Unknown, assessment.NotApplicable, assessment.OutOfForce}

// datasets lists the datasets of which something differs.
func (w *writer) datasets() (*tables.Table, error) {
	t := &tables.Table{Name: w.say("datasets"), About: w.say("datasets.about"), Fixed: 1}
	for _, c := range []struct {
		key   string
		width float64
	}{
		{"dataset", 36}, {"publisher", 24}, {"differs", 30}, {"outcome_before", 26}, {"outcome_after", 26}, {"level", 26}, {"stops", 22},
		{"items", 60}, {"questions", 44}, {"sign", 44}, {"because", 12}, {"source", 40},
	} {
		t.Columns = append(t.Columns, tables.Column{Title: w.say("column." + c.key), Width: c.width})
	}
	err := w.c.Each(func(d *impact.Difference) error {
		if len(d.What) == 0 || len(t.Rows) == maxRows {
			return nil
		}
		a, b := &d.Before, &d.After
		before, after := tables.Chip(w.outcome(a.Outcome), palette.Outcome(a.Outcome)), tables.Chip(w.outcome(b.Outcome), palette.Outcome(b.Outcome))
		if a.Error != "" {
			before.Text += ": " + a.Error
		}
		if b.Error != "" {
			after.Text += ": " + b.Error
		}
		name := tables.Text(d.Name(w.lang))
		name.Bold = true
		t.Rows = append(t.Rows, []tables.Cell{
			name, tables.Text(d.Publisher), tables.Text(w.parts(d)), before, after,
			tables.Text(w.fromTo(w.level(a.RiskLevel), w.level(b.RiskLevel))),
			tables.Text(w.fromTo(strings.Join(a.HardStops, ", "), strings.Join(b.HardStops, ", "))),
			tables.Text(w.itemsOf(d)), tables.Text(w.questions(a, b)), tables.Text(w.fromTo(w.roles(a.SignOff), w.roles(b.SignOff))),
			tables.Text(w.because(d)), tables.Text(d.Source + " " + strconv.Itoa(d.Record)),
		})
		return nil
	})
	return t, err
}

// questions lists the deciding questions that come and go.
func (w *writer) questions(a, b *impact.State) string {
	var out []string
	list := func(key string, of, not []string) {
		for _, q := range of {
			if !slices.Contains(not, q) {
				out = append(out, w.say(key, "question", w.words.Label(q)))
			}
		}
	}
	list("asked", b.Questions, a.Questions)
	list("not_asked", a.Questions, b.Questions)
	return strings.Join(out, "\n")
}

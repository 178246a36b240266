package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The kinds of changes.
const (
	planned   = "planned"   // named in the descriptor, to be done
	suggested = "suggested" // suggested by the tool to clear what stands in the way
	byHand    = "byHand"    // stands in the way, and no measure of the library clears it
	done      = "done"      // named in the descriptor as done
	advisable = "advisable" // a finding that does not stand in the way
)

// change is something to change.
type change struct {
	number   int
	label    string // code of the measure or id of the item
	kind     string
	title    string
	what     string
	columns  []string
	clears   []string
	who      string
	effort   string
	evidence string
	verified bool
}

// before tells whether the change comes before opening.
func (c *change) before() bool { return c.kind == planned || c.kind == suggested || c.kind == byHand }

func (c *change) anchor() string { return fmt.Sprintf("change:%d", c.number) }

// name is the defined name of an input of the change.
func (c *change) name(what string) string {
	return fmt.Sprintf("change_%d_%s_%s", c.number, strings.ReplaceAll(c.label, "-", "_"), what)
}

// headline is the change in one line.
func (c *change) headline() string {
	s := c.title
	if s == "" {
		s = c.what
	}
	if len(c.columns) > 0 {
		s += ": " + strings.Join(c.columns, ", ")
	}
	return s
}

// collectChanges puts together what has to be changed: what the steward plans,
// what the assessment suggests besides, what only people can find a way for, what is
// done, and what would be good besides.
func (r *report) collectChanges() {
	for _, m := range r.a.Measures {
		if m.Status == "proposed" {
			r.addMeasure(planned, m.Code, m.Fields, m.Clears, m.Evidence)
		}
	}
	for _, m := range r.a.Changes.Measures {
		r.addMeasure(suggested, m.Code, m.Columns, m.Clears, "")
	}
	for _, id := range r.a.Changes.Uncleared {
		r.addItem(byHand, id)
	}
	for _, m := range r.a.Measures {
		if m.Status != "proposed" {
			r.addMeasure(done, m.Code, m.Fields, m.Clears, m.Evidence)
			r.changes[len(r.changes)-1].verified = m.Status == "verified"
		}
	}
	covered := map[string]bool{}
	for i := range r.changes {
		for _, id := range r.changes[i].clears {
			covered[id] = true
		}
	}
	for i := range r.c.Risk.Items {
		id := r.c.Risk.Items[i].ID
		it := r.a.Items[id]
		if it == nil || covered[id] || it.Result != assessment.Fail && it.Result != assessment.Concern {
			continue
		}
		if res := r.resultAfter(id); res == assessment.Pass || res == assessment.NotApplicable {
			continue
		}
		r.addItem(advisable, id)
	}
	r.changesOf = map[string][]int{}
	for i := range r.changes {
		c := &r.changes[i]
		c.number = i + 1
		for _, id := range c.clears {
			r.changesOf[id] = append(r.changesOf[id], i)
		}
	}
}

func (r *report) addMeasure(kind, code string, columns, clears []string, evidence string) {
	c := change{label: code, kind: kind, columns: columns, clears: r.inOrder(clears), evidence: evidence}
	if m := r.w.Measure(code); m != nil {
		c.title, c.what = m.Name.In(r.w.Lang), m.What.In(r.w.Lang)
		c.who, c.effort = r.w.T("report.who."+m.Who), r.w.Effort(m.Effort)
	}
	r.changes = append(r.changes, c)
}

// addItem adds the way out of an item, with the person who would do the measure
// that suits it best.
func (r *report) addItem(kind, id string) {
	item := r.w.Item(id)
	if item == nil {
		return
	}
	c := change{label: id, kind: kind, what: item.WayOut.In(r.w.Lang), clears: []string{id}}
	if len(item.Mitigations) > 0 {
		if m := r.w.Measure(item.Mitigations[0]); m != nil {
			c.who, c.effort = r.w.T("report.who."+m.Who), r.w.Effort(m.Effort)
		}
	}
	r.changes = append(r.changes, c)
}

// inOrder puts items in the order of the catalogue.
func (r *report) inOrder(ids []string) []string {
	out := slices.Clone(ids)
	slices.SortStableFunc(out, func(a, b string) int { return r.w.Order(a) - r.w.Order(b) })
	return out
}

// changeCell shows the changes that concern an item and links to the first.
func (r *report) changeCell(id string, most int, k spreadsheet.Style) cell {
	var out []string
	to := ""
	for _, i := range r.changesOf[id] {
		c := &r.changes[i]
		if to == "" {
			to = c.anchor()
		}
		label := c.label
		if label == id {
			label = r.w.T("report.changes.wayOut")
		}
		if !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	return linked(firstOf(out, most), to, k)
}

// whatToChange is the sheet of the changes.
func (r *report) whatToChange() *sheet {
	s := r.newSheet("changes")
	s.landscape = true
	t := func(key string) string { return r.w.T("report.column." + key) }
	s.columns = []column{
		{width: 13, title: t("change")}, {width: 46.5, title: t("what")}, {width: 17, title: t("removes")}, {width: 16, title: t("kind")},
		{width: 19, title: t("who")}, {width: 11.5, title: t("work")}, {width: 13, title: t("levelNow"), centred: true}, {width: 12, title: t("levelAfter"), centred: true},
		{width: 14, title: t("status"), input: true}, {width: 12.5, title: t("due"), input: true}, {width: 22, title: t("note"), input: true},
	}
	about := r.w.T("report.changes.about")
	if o := r.a.Changes.Outcome; o != "" && len(r.a.Changes.Measures) > 0 {
		about = r.w.T("report.summary.then", "outcome", r.w.OutcomeLabel(o)) + " " + about
	}
	s.head(r.sheetName("changes"), about, r.back())
	s.tableHeader()
	first := s.next()
	kind := ""
	for i := range r.changes {
		c := &r.changes[i]
		k := textStyle
		if kind != "" && kind != c.kind {
			k.Border = spreadsheet.ThemeTop
		}
		kind = c.kind
		s.add(r.changeRow(c, k))
	}
	if len(r.changes) == 0 {
		cells := []cell{{style: textStyle}, text(r.w.T("report.summary.noChanges"), textStyle)}
		s.add(row{cells: s.fill(cells, textStyle)})
		return s
	}
	last := s.next() - 1
	s.filter = true
	s.cursor = spreadsheet.At(9, first)
	s.lists = []list{
		{ref: spreadsheet.At(9, first) + ":" + spreadsheet.At(9, last), source: "lst_status", title: t("status"), prompt: r.w.T("report.prompt.status"), error: r.w.T("report.prompt.list")},
		{ref: spreadsheet.At(10, first) + ":" + spreadsheet.At(10, last), title: t("due"), prompt: r.w.T("report.prompt.date"), error: r.w.T("report.prompt.date")},
	}
	s.rules = []rule{{fmt.Sprintf("A%d:B%d", first, last), fmt.Sprintf(`$I%d=%s`, first, spreadsheet.Quote(r.w.T("report.status.done"))), highlightDone}}
	return s
}

func (r *report) changeRow(c *change, k spreadsheet.Style) row {
	what := c.what
	runs := []run(nil)
	if c.title != "" {
		head := c.headline()
		tail := "\n" + c.what
		if c.evidence != "" {
			tail += "\n" + r.w.T("report.changes.evidence", "evidence", c.evidence)
		}
		what = r.clip(head + tail)
		if spreadsheet.Clean(head+tail) == what {
			runs = []run{{head, 10, true}, {tail, 9.5, false}}
		}
	}
	whatCell := text(what, k)
	whatCell.runs = runs
	to := ""
	if len(c.clears) > 0 {
		to = "item:" + c.clears[0]
	}
	kind := text(r.w.T("report.kind."+c.kind), k)
	if c.before() {
		kind.style = k.InBold()
	}
	if c.verified {
		kind = text(r.w.T("report.kind.verified"), k)
	}
	now, after := "", ""
	cleared := len(c.clears) > 0
	for _, id := range c.clears {
		if l := r.levelNow(id); r.levelRank(l) > r.levelRank(now) {
			now = l
		}
		res := r.resultAfter(id)
		if l := r.level(id, res); r.levelRank(l) > r.levelRank(after) {
			after = l
		}
		if res != assessment.Pass && res != assessment.NotApplicable {
			cleared = false
		}
	}
	afterCell := r.levelCell(after)
	if cleared && now != "" {
		afterCell = text(palette.RiskResult(assessment.Pass).Glyph+" "+r.w.T("report.cleared"), k.Centred().Muted())
	}
	if c.kind == byHand || c.kind == advisable {
		afterCell = text("–", k.Centred().Muted())
	}
	nowCell := r.levelCell(now)
	if now == "" {
		nowCell.style, afterCell.style = k.Centred(), k.Centred()
	}
	return row{anchor: c.anchor(), grows: true, cells: []cell{
		linked(c.label, to, k.InBold()), whatCell, text(listed(c.clears, k, 17), k), kind, text(c.who, k), text(c.effort, k), nowCell, afterCell,
		input(c.name("status")), {style: dateInput, name: c.name("due")}, input(c.name("note")),
	}}
}

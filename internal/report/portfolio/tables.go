package portfolio

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"puntari/internal/assessment"
	"puntari/internal/catalog"
	"puntari/internal/checklist"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// groups is the sheet of publishers and themes.
func (b *book) groups() sheet {
	l := layout{name: b.t("sheet.groups"), tab: palette.Navy, landscape: true, columns: []column{b.column(46, "publisher")}}
	l.columns[0].title = b.t("column.publisher") + " / " + b.t("column.theme")
	for _, o := range b.c.Policy.Outcomes {
		l.columns = append(l.columns, column{width: 14, title: palette.Outcome(o.Code).Glyph + " " + b.w.OutcomeLabel(o.Code), centred: true})
	}
	l.columns = append(l.columns, b.centred(10, "all"), b.centred(22, "share"))
	l.bars = []bar{{len(l.columns) - 1, palette.Azure, "1"}}
	var rows []row
	for _, g := range b.sortedGroups(b.totals.Publishers, func(name string) string { return name }) {
		rows = append(rows, row{cells: b.groupCells(g, textStyle)})
	}
	for _, g := range b.sortedGroups(b.totals.Themes, b.theme) {
		rows = append(rows, row{cells: b.groupCells(g, textStyle.InBold())})
	}
	return b.table(l, b.t("groups.about"), rows)
}

// named is a group with the name that is shown.
type named struct {
	name string
	*catalog.Group
}

// sortedGroups are groups, the largest first.
func (b *book) sortedGroups(groups map[string]*catalog.Group, word func(string) string) []named {
	var out []named
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		n := named{b.t("unnamed"), groups[key]}
		if key != "" {
			n.name = word(key)
		}
		if groups[key].All > groups[key].Failed {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(x, y named) int { return cmp.Compare(y.All-y.Failed, x.All-x.Failed) })
	return out
}

// groupCells are a name, the counts of outcomes, their sum, and the open share.
func (b *book) groupCells(g named, name spreadsheet.Style) []cell {
	count := b.styles.ID(countStyle)
	cells := []cell{text(b.styles.ID(name), g.name)}
	open := 0
	for _, o := range b.c.Policy.Outcomes {
		cells = append(cells, number(count, g.Outcomes[o.Code]))
		if o.Opens {
			open += g.Outcomes[o.Code]
		}
	}
	all := g.All - g.Failed
	return append(cells, number(b.styles.ID(countStyle.InBold()), all), number(b.styles.ID(shareStyle), share(open, all)))
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(1000*float64(n)/float64(of)) / 1000
}

// items is the sheet of a checklist: how often each item fires and is unknown.
func (b *book) items(opportunity bool) sheet {
	list, names, kind, color, first := &b.c.Risk, b.c.Policy.Results.Risk, "risks", palette.Orange, "fired"
	results := []string{assessment.Fail, assessment.Concern, assessment.Unknown, assessment.Pass, assessment.NotApplicable}
	if opportunity {
		list, names, kind, color, first = &b.c.Opportunity, b.c.Policy.Results.Opportunity, "opportunities", palette.Sky, "met"
		results = []string{assessment.Pass, assessment.Concern, assessment.Fail, assessment.Unknown, assessment.NotApplicable}
	}
	l := layout{name: b.t("sheet." + kind), tab: color, landscape: true, columns: []column{b.column(14, "item"), b.column(38, "theme"), b.column(56, "itemTitle")}}
	if !opportunity {
		l.columns = append(l.columns, b.centred(10, "severity"))
	}
	for _, r := range results {
		l.columns = append(l.columns, column{width: 12, title: capital(names[r].In(b.o.Lang)), centred: true})
	}
	l.columns = append(l.columns, b.centred(14, first), b.centred(14, "unknownShare"))
	n := len(l.columns)
	l.bars = []bar{{n - 2, color, "1"}, {n - 1, palette.Lilac, "1"}}
	if !opportunity {
		l.columns = append(l.columns, b.centred(11, "keeps"))
	}
	var rows []row
	for i := range list.Items {
		rows = append(rows, row{cells: b.itemCells(&list.Items[i], results, opportunity)})
	}
	return b.table(l, b.t(kind+".about"), rows)
}

func (b *book) itemCells(it *checklist.Item, results []string, opportunity bool) []cell {
	plain, count, part := b.styles.ID(textStyle), b.styles.ID(countStyle), b.styles.ID(shareStyle)
	m := b.totals.Items[it.ID]
	cells := []cell{text(plain, it.ID), text(plain, b.w.Theme(it)), text(plain, it.Title.In(b.o.Lang))}
	found := m[assessment.Fail] + m[assessment.Concern]
	if opportunity {
		found = m[assessment.Pass] + m[assessment.Concern]
	} else {
		cells = append(cells, number(count, it.Severity))
	}
	for _, r := range results {
		cells = append(cells, number(count, m[r]))
	}
	all := b.totals.Datasets()
	cells = append(cells, number(part, share(found, all)), number(part, share(m[assessment.Unknown], all)))
	if !opportunity {
		cells = append(cells, number(count, b.totals.Blocks[it.ID]))
	}
	return cells
}

// change is a mitigation with its figures.
type change struct {
	*checklist.Mitigation
	catalog.Change
}

// sortedChanges are the mitigations that are needed somewhere: those that open
// most datasets alone come first.
func (b *book) sortedChanges() []change {
	var out []change
	for i := range b.c.Mitigations {
		if c := b.totals.Changes[b.c.Mitigations[i].Code]; c != nil {
			out = append(out, change{&b.c.Mitigations[i], *c})
		}
	}
	slices.SortStableFunc(out, func(x, y change) int {
		return cmp.Or(cmp.Compare(y.Alone, x.Alone), cmp.Compare(y.Together, x.Together), cmp.Compare(y.Suggested, x.Suggested))
	})
	return out
}

// changes is the sheet of the mitigations.
func (b *book) changes() sheet {
	l := layout{name: b.t("sheet.changes"), tab: palette.Sand, landscape: true, columns: []column{
		b.column(36, "code"), b.column(70, "what"), b.column(27, "who"), b.column(12, "work"), b.centred(12, "alone"), b.centred(13, "together"), b.centred(13, "suggested"), b.centred(14, "clears"),
	}}
	plain, wrapped, count := b.styles.ID(textStyle), b.styles.ID(textStyle.Wrapped()), b.styles.ID(countStyle)
	var rows []row
	most := 1
	for _, c := range b.sortedChanges() {
		most = max(most, c.Alone, c.Together)
		name, what := c.Code+" "+c.Name.In(b.o.Lang), c.What.In(b.o.Lang)
		rows = append(rows, row{height: l.height(name, what), cells: []cell{
			text(wrapped, name), text(wrapped, what), text(plain, b.w.T("report.who."+c.Who)), text(plain, b.w.Effort(c.Effort)),
			number(b.styles.ID(countStyle.InBold()), c.Alone), number(count, c.Together), number(count, c.Suggested), number(count, c.Change.Clears),
		}})
	}
	top := b.most(most)
	l.bars = []bar{{4, palette.Sky, top}, {5, palette.Powder, top}}
	return b.table(l, b.t("changes.about"), rows)
}

// question is an open question with its figures.
type question struct {
	field string
	catalog.Question
}

// sortedQuestions are the open questions, those that decide most first.
func (b *book) sortedQuestions() []question {
	var out []question
	for _, field := range slices.Sorted(maps.Keys(b.totals.Questions)) {
		out = append(out, question{field, *b.totals.Questions[field]})
	}
	slices.SortStableFunc(out, func(x, y question) int {
		return cmp.Or(cmp.Compare(y.Decides, x.Decides), cmp.Compare(y.Alone, x.Alone))
	})
	return out
}

// questions is the sheet of the open questions.
func (b *book) questions() sheet {
	l := layout{name: b.t("sheet.questions"), tab: palette.Violet, landscape: true, columns: []column{
		b.column(46, "question"), b.column(76, "what"), b.column(40, "field"), b.centred(15, "decides"), b.centred(14, "only"), b.centred(16, "decidesShare"),
	}}
	l.columns[1].title = b.t("column.itemTitle")
	l.bars = []bar{{5, palette.Lilac, "1"}}
	wrapped, plain, count := b.styles.ID(textStyle.Wrapped()), b.styles.ID(textStyle), b.styles.ID(countStyle)
	var rows []row
	for _, q := range b.sortedQuestions() {
		label, ask := b.w.FactLabel(q.field), b.ask(q.field)
		rows = append(rows, row{height: l.height(label, ask), cells: []cell{
			text(wrapped, label), text(wrapped, ask), text(plain, q.field), number(b.styles.ID(countStyle.InBold()), q.Decides), number(count, q.Alone), number(b.styles.ID(shareStyle), share(q.Decides, b.totals.Datasets())),
		}})
	}
	return b.table(l, b.t("questions.about"), rows)
}

// ask is the question of a field as it is put to stewards.
func (b *book) ask(field string) string {
	if f, _ := b.w.Field(field); f != nil {
		return f.Question.In(b.o.Lang)
	}
	return ""
}

// most is the end of a scale of counts.
func (b *book) most(n int) string { return strings.TrimSpace(b.w.Number(float64(n))) }

func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

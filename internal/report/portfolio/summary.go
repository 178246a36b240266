package portfolio

import (
	"fmt"
	"slices"
	"strings"

	"puntari/internal/catalog"
	"puntari/internal/palette"
	"puntari/internal/spreadsheet"
)

// The summary has a column for names, one for each outcome or level, one for a
// sum and one for a bar.
const (
	summaryRest = 8 // how many rows the lists of the summary have
	lastColumn  = 7
)

// page gathers the rows of the summary.
type page struct {
	b    *book
	rows []row
}

func (p *page) add(height float64, cells ...cell) {
	p.rows = append(p.rows, row{height, cells})
}

// section begins a section; the rule goes over the whole width.
func (p *page) section(title string) {
	p.add(7)
	id := p.b.styles.ID(sectionStyle)
	cells := []cell{text(id, title)}
	for range lastColumn {
		cells = append(cells, text(id, ""))
	}
	p.add(20, cells...)
}

// header is the header of a list: titles by the number of their column.
func (p *page) header(titles map[int]string) {
	var cells []cell
	for i := range lastColumn + 1 {
		k := headerStyle.Sized(9)
		if i > 0 {
			k = k.Centred()
		}
		cells = append(cells, text(p.b.styles.ID(k), titles[i]))
	}
	p.add(26, cells...)
}

// line is a row of a list: a text that may run over the empty cells behind it.
func (p *page) line(name cell, rest map[int]cell) {
	plain := p.b.styles.ID(textStyle)
	cells := []cell{name}
	for i := 1; i <= lastColumn; i++ {
		c, ok := rest[i]
		if !ok {
			c = text(plain, "")
		}
		cells = append(cells, c)
	}
	p.add(15, cells...)
}

// summary is the first sheet: one page.
func (b *book) summary() sheet {
	p := &page{b: b}
	p.head()
	p.tiles()
	p.grid()
	p.next()
	p.frees()
	p.unknown()
	p.closed()
	p.groupsOf(b.t("byPublisher"), b.t("column.publisher"), b.sortedGroups(b.totals.Publishers, func(s string) string { return s }))
	p.groupsOf(b.t("byTheme"), b.t("column.theme"), b.sortedGroups(b.totals.Themes, b.theme))
	l := layout{name: b.t("sheet.summary"), tab: palette.Navy, onePage: true, count: len(p.rows)}
	for _, w := range []float64{42, 14.5, 14.5, 14.5, 14.5, 14.5, 10, 29} {
		l.columns = append(l.columns, column{width: w})
	}
	return sheet{l, func(w *rowWriter) error {
		for _, r := range p.rows {
			w.row(r.height, r.cells)
		}
		return nil
	}}
}

func (p *page) head() {
	b := p.b
	about := b.styles.ID(aboutStyle)
	kicker := b.t("kicker")
	if b.o.Profile != nil {
		kicker += " · " + b.w.Profile(b.o.Profile)
	}
	p.add(16, text(b.styles.ID(aboutStyle.Sized(9).InBold()), kicker))
	p.add(30, text(b.styles.ID(titleStyle), b.t("title")))
	days := b.totals.FirstDay
	if b.totals.LastDay != days {
		days += "–" + b.totals.LastDay
	}
	p.add(16, text(about, b.w.N("portfolio.about", b.totals.Datasets(), "version", b.c.Policy.Version, "days", days)))
	if b.totals.Failed > 0 {
		p.add(16, text(b.styles.ID(aboutStyle.InBold().Colored(palette.Rust)), b.w.N("portfolio.failed", b.totals.Failed)))
	}
	p.add(8)
}

// tiles are the outcomes with their counts and shares.
func (p *page) tiles() {
	b := p.b
	all := b.totals.Datasets()
	numbers := []cell{text(b.styles.ID(sectionStyle.Bordered(spreadsheet.NoBorder)), b.t("all"))}
	shares := []cell{text(b.styles.ID(aboutStyle), b.t("column.number")+": "+b.most(all))}
	labels := []cell{text(b.styles.ID(spreadsheet.Style{Size: 8.5, Italic: true, Color: palette.Muted, Wrap: true, Quoted: true}), b.t("proposal"))}
	for _, o := range b.c.Policy.Outcomes {
		k := palette.Outcome(o.Code)
		n := b.totals.Outcomes[o.Code]
		tile := spreadsheet.Style{Align: spreadsheet.Centre, Border: spreadsheet.NoBorder}.Filled(k)
		numbers = append(numbers, number(b.styles.ID(tile.Sized(18).InBold().Formatted(spreadsheet.Count)), n))
		shares = append(shares, number(b.styles.ID(tile.Sized(10).Formatted(spreadsheet.Percent)), share(n, all)))
		labels = append(labels, text(b.styles.ID(tile.Sized(9).Wrapped().InBold()), k.Glyph+" "+o.Label.In(b.o.Lang)))
	}
	p.add(28, numbers...)
	p.add(15, shares...)
	p.add(30, labels...)
}

// grid is value against risk.
func (p *page) grid() {
	b := p.b
	p.section(b.t("grid"))
	levels := b.c.Policy.Levels.Names
	most := 0
	for _, n := range b.totals.Grid {
		most = max(most, n)
	}
	for _, v := range slices.Backward(levels) {
		cells := []cell{text(b.styles.ID(textStyle.Aligned(spreadsheet.Right).Bordered(spreadsheet.NoBorder)), b.t("grid.value", "level", v.Label.In(b.o.Lang)))}
		for _, r := range levels {
			n := b.totals.Grid[catalog.Cell{Value: v.Level, Risk: r.Level}]
			cells = append(cells, number(b.styles.ID(countStyle.Filled(palette.Depth(n, most)).Bordered(spreadsheet.WhiteBox)), n))
		}
		p.add(17, cells...)
	}
	cells := []cell{text(b.styles.ID(aboutStyle.Aligned(spreadsheet.Right)), b.t("grid.risk"))}
	for _, r := range levels {
		cells = append(cells, text(b.styles.ID(aboutStyle.Centred().Sized(9)), r.Label.In(b.o.Lang)))
	}
	p.add(14, cells...)
}

// next are the datasets to open next.
func (p *page) next() {
	b := p.b
	p.section(b.t("next"))
	if len(b.totals.Next) == 0 {
		p.none("next.none")
		return
	}
	p.header(map[int]string{0: b.t("column.dataset"), 2: b.t("column.outcome"), 4: b.t("column.priority"), 5: b.t("column.value"), 6: b.t("sheet.changes"), 7: b.t("column.publisher")})
	count := b.styles.ID(countStyle)
	for _, c := range b.totals.Next[:min(len(b.totals.Next), summaryRest)] {
		name := c.Title
		if name == "" {
			name = c.Identifier
		}
		outcome := palette.Outcome(c.Outcome).Glyph + " " + b.w.OutcomeLabel(c.Outcome)
		p.line(text(b.styles.ID(textStyle), cut(name, 62)), map[int]cell{
			2: text(b.styles.ID(textStyle), outcome), 4: text(b.styles.ID(textStyle.Centred()), c.Priority), 5: number(count, c.Value), 6: number(count, c.Changes),
			7: text(b.styles.ID(textStyle.Sized(8)), cut(c.Publisher, 38)),
		})
	}
}

// frees are the changes that open most datasets alone.
func (p *page) frees() {
	b := p.b
	p.section(b.t("frees"))
	changes := slices.DeleteFunc(b.sortedChanges(), func(c change) bool { return c.Alone+c.Together == 0 })
	if len(changes) == 0 {
		p.none("frees.none")
		return
	}
	p.header(map[int]string{0: b.t("column.code"), 3: b.t("column.alone"), 4: b.t("column.together"), 5: b.t("column.suggested"), 6: b.t("column.work"), 7: b.t("column.who")})
	count := b.styles.ID(countStyle)
	for _, c := range changes[:min(len(changes), summaryRest)] {
		p.line(text(b.styles.ID(textStyle), cut(c.Code+" "+c.Name.In(b.o.Lang), 70)), map[int]cell{
			3: number(b.styles.ID(countStyle.InBold()), c.Alone), 4: number(count, c.Together), 5: number(count, c.Suggested),
			6: text(b.styles.ID(textStyle.Centred()), b.w.Effort(c.Effort)), 7: text(b.styles.ID(textStyle), b.w.T("report.who."+c.Who)),
		})
	}
}

// unknown are the questions that decide most datasets.
func (p *page) unknown() {
	b := p.b
	p.section(b.t("unknown"))
	questions := b.sortedQuestions()
	if len(questions) == 0 {
		p.none("unknown.none")
		return
	}
	p.header(map[int]string{0: b.t("column.question"), 4: b.t("column.decides"), 5: b.t("column.only"), 7: b.t("column.decidesShare")})
	for _, q := range questions[:min(len(questions), summaryRest)] {
		p.line(text(b.styles.ID(textStyle), cut(b.w.FactLabel(q.field), 90)), map[int]cell{
			4: number(b.styles.ID(countStyle.InBold()), q.Decides), 5: number(b.styles.ID(countStyle), q.Alone), 7: p.bar(share(q.Decides, b.totals.Datasets())),
		})
	}
}

// closed are the items that keep most datasets closed.
func (p *page) closed() {
	b := p.b
	p.section(b.t("closed"))
	type kept struct {
		id string
		n  int
	}
	var list []kept
	for i := range b.c.Risk.Items {
		if n := b.totals.Blocks[b.c.Risk.Items[i].ID]; n > 0 {
			list = append(list, kept{b.c.Risk.Items[i].ID, n})
		}
	}
	if len(list) == 0 {
		p.none("closed.none")
		return
	}
	slices.SortStableFunc(list, func(x, y kept) int { return y.n - x.n })
	p.header(map[int]string{0: b.t("column.item"), 5: b.t("column.number"), 7: b.t("column.decidesShare")})
	for _, k := range list[:min(len(list), summaryRest)] {
		p.line(text(b.styles.ID(textStyle), k.id+" "+cut(b.itemTitle(k.id), 90)), map[int]cell{
			5: number(b.styles.ID(countStyle.InBold()), k.n), 7: p.bar(share(k.n, b.totals.Datasets())),
		})
	}
}

// groupsOf are the largest groups with their outcomes.
func (p *page) groupsOf(title, column string, groups []named) {
	b := p.b
	p.section(title)
	head := map[int]string{0: column, 6: b.t("column.all"), 7: b.t("column.share")}
	for i, o := range b.c.Policy.Outcomes {
		head[i+1] = palette.Outcome(o.Code).Glyph
	}
	p.header(head)
	if len(groups) > summaryRest {
		rest := named{b.t("others", "n", b.most(len(groups)-summaryRest+1)), &catalog.Group{Outcomes: map[string]int{}}}
		for _, g := range groups[summaryRest-1:] {
			rest.All += g.All
			rest.Failed += g.Failed
			for code, n := range g.Outcomes {
				rest.Outcomes[code] += n
			}
		}
		groups = append(slices.Clone(groups[:summaryRest-1]), rest)
	}
	for _, g := range groups {
		g.name = cut(g.name, 44)
		cells := b.groupCells(g, textStyle.InBold())
		cells[lastColumn] = p.bar(cells[lastColumn].number)
		p.add(15, cells...)
	}
}

// bar is a share as a bar of characters with the number behind it.
func (p *page) bar(x float64) cell {
	const long = 14
	full := int(x*long + 0.5)
	return text(p.b.styles.ID(textStyle.Colored(palette.Cobalt)), strings.Repeat("█", full)+strings.Repeat("░", long-full)+fmt.Sprintf(" %.0f %%", 100*x))
}

func (p *page) none(key string) {
	p.add(15, text(p.b.styles.ID(aboutStyle), p.b.t(key)))
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimRight(string(r[:n-1]), " ,") + "…"
	}
	return s
}

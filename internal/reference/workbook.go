package reference

import (
	"io"
	"strings"

	"puntari/internal/checklist"
	"puntari/internal/report/tables"
)

// Workbook writes the whole policy as a workbook: what [Book.DataPolicy] says, in
// tables that can be sorted and filtered.
func (b *Book) Workbook(w io.Writer, lang string, o Edition) error {
	p := b.page(lang, "")
	p.plain = true
	book := tables.Book{Lang: lang, Title: p.say("policy.title"), Creator: o.Organisation}
	if book.Creator == "" {
		book.Creator = "Puntari"
	}
	add := func(t tables.Table) { book.Tables = append(book.Tables, t) }
	plain := func(name, about string, widths []float64, head []string, rows [][]string) {
		t := tables.Table{Name: name, About: about, Fixed: 1}
		for i, h := range head {
			t.Columns = append(t.Columns, tables.Column{Title: h, Width: widths[min(i, len(widths)-1)]})
		}
		for _, r := range rows {
			cells := tables.Texts(r...)
			cells[0].Bold = true
			t.Rows = append(t.Rows, cells)
		}
		add(t)
	}
	plain(p.say("policy.title"), strings.TrimSpace(o.Organisation+"\n"+p.say("document.workbook")), []float64{40, 100}, []string{p.say("edition"), p.say("value")}, p.edition(o))
	var articles [][]string
	for _, a := range p.articleTexts() {
		articles = append(articles, []string{a[0], a[1]})
	}
	plain(p.say("articles"), p.say("version", "version", p.Policy.Version), []float64{36, 110}, []string{p.say("article"), p.say("meaning")}, articles)
	if len(o.Changes) > 0 {
		head, rows := p.changed(o.Changes)
		plain(p.say("changed"), p.say("changed.intro"), []float64{50, 40, 80, 26}, head, rows)
	}
	add(p.itemTable("risk", &p.Risk, p.Policy.Results.Risk))
	add(p.itemTable("opportunity", &p.Opportunity, p.Policy.Results.Opportunity))
	var conditions [][]string
	for _, name := range p.conditionsOf() {
		conditions = append(conditions, []string{p.ruleTitle("conditions." + name), p.bullets(p.ways("conditions." + name))})
	}
	plain(p.say("conditions"), p.say("conditions.intro"), []float64{46, 110}, []string{p.say("condition"), p.say("rules")}, conditions)
	head, rows := p.parameters()
	plain(p.say("parameters"), p.say("parameters.about"), []float64{44, 14, 24, 60, 70}, head, rows)
	head, rows = p.levels()
	plain(p.say("levels"), p.say("levels.intro")+"\n"+p.scoreLevels(), []float64{30, 18}, head, rows)
	head, rows = p.outcomes()
	plain(p.say("outcomes"), "", []float64{44, 60, 60}, head, rows)
	head, rows = p.priorities()
	plain(p.say("priorities"), "", []float64{34, 80}, head, rows)
	plain(p.say("hard_stops"), p.say("hard_stops.intro"), []float64{34, 56, 56, 22, 50}, []string{p.say("hard_stop"), p.say("meaning"), p.say("way_out"), p.say("raised_by"), p.say("references")}, p.stopRows())
	head, rows = p.signOff()
	plain(p.say("sign_off"), "", []float64{80, 60}, head, rows)
	var measures [][]string
	for _, m := range p.Mitigations {
		measures = append(measures, []string{m.Code + " " + m.Name.In(lang), m.What.In(lang), m.Cost.In(lang), p.say("who." + m.Who), p.words.Effort(m.Effort), strings.Join(m.Clears, ", ")})
	}
	plain(p.say("mitigations"), "", []float64{34, 60, 40, 20, 12, 40}, []string{p.say("measures"), p.say("meaning"), p.say("cost"), p.say("who"), p.say("effort"), p.say("clears")}, measures)
	add(p.sourceTable())
	if p.err != nil {
		return p.err
	}
	return tables.Write(w, book)
}

// bullets are the ways of a rule, each on a line of its own where there are several.
func (p *page) bullets(ways []string) string {
	if len(ways) == 1 {
		return ways[0]
	}
	return "• " + strings.Join(ways, "\n• ")
}

// itemTable lists the items of a checklist with their rules.
func (p *page) itemTable(key string, l *checklist.Checklist, results map[string]checklist.Text) tables.Table {
	t := tables.Table{Name: p.say(key), About: p.say("version", "version", l.Version) + " " + p.say("rule.order"), Fixed: 2}
	column := func(title string, width float64) {
		t.Columns = append(t.Columns, tables.Column{Title: title, Width: width})
	}
	rows := []string{"fail", "na", "unknown", "concern"}
	if key == "opportunity" {
		rows = []string{"na", "pass", "concern"}
	}
	column(p.say("item"), 14)
	column(p.say("title"), 30)
	column(p.say("theme"), 22)
	column(p.say("question"), 46)
	if key == "risk" {
		column(p.say("severity"), 11)
		column(p.say("hard_stop"), 26)
		column(p.say("blocks"), 26)
	} else {
		column(p.say("weight"), 11)
	}
	for _, r := range rows {
		column(p.say("rule.row", "result", results[r].In(p.lang)), 56)
	}
	column(p.say("way_out"), 46)
	column(p.say("measures"), 18)
	column(p.say("references"), 46)
	column(p.say("validity"), 22)
	themes := map[string]string{}
	for _, th := range l.Themes {
		themes[th.Code] = th.Title.In(p.lang)
	}
	for i := range l.Items {
		it := &l.Items[i]
		cells := tables.Texts(it.ID, it.Title.In(p.lang), themes[it.Theme], it.Question.In(p.lang))
		cells[0].Bold = true
		if key == "risk" {
			cells = append(cells, tables.Number(float64(it.Severity)), tables.Text(p.stopOf(it)), tables.Text(p.blocks(it)))
		} else {
			cells = append(cells, tables.Number(it.Weight))
		}
		kinds, names := p.engine.Rows(it.ID)
		byKind := map[string]string{}
		for n, kind := range kinds {
			byKind[kind] = p.bullets(p.ways(names[n]))
		}
		for _, r := range rows {
			cells = append(cells, tables.Text(byKind[r]))
		}
		cells = append(cells, tables.Texts(it.WayOut.In(p.lang), strings.Join(it.Mitigations, ", "), p.cited(it.References), p.words.Validity(it.Validity))...)
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// cited lists sources in a cell.
func (p *page) cited(cs []checklist.Citation) string {
	var out []string
	for i := range cs {
		out = append(out, p.citation(&cs[i]))
	}
	return strings.Join(out, "\n")
}

func (p *page) stopRows() [][]string {
	var out [][]string
	for i := range p.Policy.HardStops {
		h := &p.Policy.HardStops[i]
		out = append(out, []string{h.Code + " " + h.Title.In(p.lang), h.Why.In(p.lang), h.WayOut.In(p.lang), strings.Join(p.raisedBy(h.Code), ", "), p.cited(h.References)})
	}
	return out
}

func (p *page) sourceTable() tables.Table {
	t := tables.Table{Name: p.say("sources"), About: p.say("sources.intro"), Fixed: 1}
	for _, c := range []struct {
		key   string
		width float64
	}{{"source", 60}, {"kind", 20}, {"jurisdiction", 18}, {"validity", 30}, {"note", 60}} {
		t.Columns = append(t.Columns, tables.Column{Title: p.say(c.key), Width: c.width})
	}
	for _, kind := range sourceKinds {
		for _, id := range p.sourcesOf(kind) {
			s := p.Sources[id]
			t.Rows = append(t.Rows, tables.Texts(p.sourceTitle(&s), p.say("kind."+kind), p.jurisdiction(&s), p.validity(&s), s.Note.In(p.lang)))
		}
	}
	return t
}
